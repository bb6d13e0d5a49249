"""Who made the photographs, and on what terms they are here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Credit:
    """What Creative Commons Attribution asks to be said of a photograph."""

    file: str  # its name in scikit-learn's datasets/images
    maker: str
    source: str
    licence: str = "CC BY 2.0"
    terms: str = "https://creativecommons.org/licenses/by/2.0/"
    changed: str = "scaled down"

    def __str__(self):
        return (
            f"Photograph: {self.file}, {self.maker}\n"
            f"{self.licence}, {self.terms}\n"
            f"by way of scikit-learn; {self.changed}; from {self.source}"
        )


# As the README of scikit-learn's datasets/images has it. For the flower it
# prints one name and links to another's account; both are passed on.
CREDITS = {
    "flower": Credit(
        "flower.jpg",
        "credited to danielbuechele, on the Flickr page of vultilion",
        "https://www.flickr.com/photos/vultilion/6056698931/",
    ),
    "china": Credit(
        "china.jpg",
        "by danielbuechele, on Flickr",
        "https://www.flickr.com/photos/danielbuechele/6061409035/",
    ),
}


def credit(name: str) -> Credit:
    """Whom to thank for a photograph; printed, it says all of it.

    >>> credit("china").licence
    'CC BY 2.0'
    """
    if name not in CREDITS:
        raise ValueError(
            f"name={name!r} is no photograph here; "
            f"there are {', '.join(CREDITS)}"
        )
    return CREDITS[name]
