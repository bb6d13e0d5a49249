"""Bytes that repeat, written once: PackBits, as TIFF has it.

A script in the page unpacks them in a few lines, at once and everywhere.
"""

from itertools import groupby

import numpy as np


def pack(values: np.ndarray) -> np.ndarray:
    """PackBits: n < 128, then n + 1 bytes; or n > 128, 257 − n times one.

    >>> pack(np.array([7, 7, 7, 7, 1, 2], np.int8)).tolist()
    [253, 7, 1, 1, 2]
    """
    out, waiting = bytearray(), bytearray()

    def flush():
        for i in range(0, len(waiting), 128):
            part = waiting[i : i + 128]
            out.extend([len(part) - 1, *part])
        waiting.clear()

    for value, run in groupby(values.astype(np.int8).tobytes()):
        left = len(list(run))
        if left < 3:
            waiting.extend([value] * left)
            continue
        flush()
        for start in range(0, left, 128):
            again = min(128, left - start)
            # One alone is written as a text of one.
            out.extend([0 if again == 1 else 257 - again, value])
    flush()
    return np.frombuffer(bytes(out), np.uint8)


def unpack(packed: np.ndarray) -> np.ndarray:
    """What was packed.

    >>> unpack(pack(np.array([7, 7, 7, 7, 1, 2], np.int8))).tolist()
    [7, 7, 7, 7, 1, 2]
    """
    out, i, data = bytearray(), 0, packed.tobytes()
    while i < len(data):
        n = data[i]
        if n < 128:
            out += data[i + 1 : i + n + 2]
            i += n + 2
        else:
            out += data[i + 1 : i + 2] * (257 - n)
            i += 2
    return np.frombuffer(bytes(out), np.int8)
