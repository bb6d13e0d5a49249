"""The photographs as the page gets them: their pixels, and whose they are."""

from cvnotes import pictures


def pixels(side: int = pictures.WIDEST) -> bytes:
    """All of them, one after the other, pixel by pixel; ``side`` across."""
    shots = (pictures.photograph(name, side) for name in pictures.NAMES)
    return b"".join(shot.tobytes() for shot in shots)


def told() -> dict:
    """Their names, and the credit of each."""
    return {
        "names": list(pictures.NAMES),
        "credits": [vars(pictures.credit(name)) for name in pictures.NAMES],
    }
