"""Which part of the data: to learn from, or to be asked about."""


def refuse_split(split: str, splits: tuple[str, ...] = ("train", "test")):
    """Refuse a part of the data that does not exist, by its name."""
    if split not in splits:
        raise ValueError(
            f"split={split!r} is unknown; use "
            f"{' or '.join(repr(name) for name in splits)}"
        )
