"""A picture's file as bytes of red, green and blue, or refused by name."""

from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from numpy import ndarray

# Their white is 1, 255, 4095 … and is noted nowhere.
NO_WHITE = ("I", "F")


def opened(path: Path, size: int) -> UInt8[ndarray, "h w 3"]:
    """The picture in this file, brought to ``size``×``size``.

    Of 16 bits the upper 8 are kept; what is transparent is white. A broken
    file, one too large for the memory, and one whose numbers say not what
    is white are a ``ValueError`` with the path.
    """
    from PIL import Image, ImageOps

    broken = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)
    try:
        with Image.open(path) as picture:
            if known := picture.mode not in NO_WHITE:
                # Cameras note how they were held, and leave it to the reader.
                colours = _colours(ImageOps.exif_transpose(picture))
    except broken as reason:
        raise ValueError(
            f"{path} cannot be read; replace it or take it away"
        ) from reason
    if not known:
        raise ValueError(
            f"{path} holds numbers of 32 bits, and which of them is white "
            f"it does not say; save it with 8 bits"
        )
    small = colours.resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.uint8)


def _colours(picture):
    """Red, green and blue in bytes, nothing clipped and nothing hidden."""
    from PIL import Image

    if picture.mode.startswith("I;16"):
        upper = np.asarray(picture) >> 8
        return Image.fromarray(upper.astype(np.uint8)).convert("RGB")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture.convert("RGBA")).convert(
        "RGB"
    )
