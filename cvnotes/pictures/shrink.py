"""A smaller picture, each of whose pixels is the mean of what it covers."""

import numpy as np


def shrunk(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Bytes h w c, averaged down to the height and width in ``size``.

    >>> board = np.uint8([[0, 100], [200, 40]])[..., None]
    >>> shrunk(board, (1, 1)).item(), shrunk(board, (2, 1)).ravel().tolist()
    (85, [50, 120])
    """
    rows, columns = map(_shares, picture.shape, size)
    mean = np.einsum("yh,hwc,xw->yxc", rows, picture, columns, optimize=True)
    return np.rint(mean).astype(np.uint8)


def _shares(given, kept):
    """Of each kept line, how much every given one has in it: kept given."""
    ends = np.arange(kept + 1) * given / kept
    lines = np.arange(given)
    from_, to = ends[:-1, None], ends[1:, None]
    covered = np.minimum(to, lines + 1) - np.maximum(from_, lines)
    return covered.clip(0) * kept / given
