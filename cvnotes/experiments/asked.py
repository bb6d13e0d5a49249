"""What a setting must be, so that there is something to judge afterwards.

Each is called before anything is trained, and refuses with one sentence.
"""

from collections import Counter

from cvnotes.cost import at_least_one


def each_once(least: int = 1, /, **lists: tuple):
    """Refuse a list with too little in it, or with something twice.

    >>> each_once(2, depths=(10,))
    Traceback (most recent call last):
    ValueError: depths=(10,) has too little to compare; use 2 or more
    """
    for name, values in lists.items():
        if len(values) < least:
            raise ValueError(
                f"{name}={values} has too little to compare; "
                f"use {least} or more"
            )
        for value, times in Counter(values).items():
            if times > 1:
                raise ValueError(
                    f"{name}={values} names {value!r} twice; name each once"
                )


def counts(least: int = 1, /, **lists: tuple):
    """Refuse what is no list of different whole numbers from 1.

    >>> counts(sizes=(50, 0))
    Traceback (most recent call last):
    ValueError: sizes=0 is not a count; use a whole number from 1
    """
    each_once(least, **lists)
    for name, values in lists.items():
        for value in values:
            at_least_one(**{name: value})


def three_blocks(layers: int = 1, each: int = 3, /, **depths: int):
    """Refuse a depth that is not three equal blocks of enough layers.

    Four convolutions and the classifier stand outside; a layer counts once
    in each of the three blocks, and twice where it has a bottleneck: then
    ``each`` is 6.

    >>> three_blocks(3, depth=10)
    Traceback (most recent call last):
    ValueError: depth=10 is too shallow or uneven here; use 13, 16, 19 …
    """
    for name, depth in depths.items():
        if depth < 4 + each * layers or (depth - 4) % each:
            fits = [4 + each * n for n in range(layers, layers + 3)]
            raise ValueError(
                f"{name}={depth} is too shallow or uneven here; "
                f"use {', '.join(map(str, fits))} …"
            )
