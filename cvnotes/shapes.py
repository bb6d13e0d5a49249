"""The axis letters: b sample, c channel, h row, w column, n = h·w.

Every module of the book writes its shapes with these aliases. They cost
nothing at run time; the tests switch on a check that enforces them.
"""

from jaxtyping import Float
from torch import Tensor

Maps = Float[Tensor, "b c h w"]
Scores = Float[Tensor, "b classes"]
Kernel = Float[Tensor, "out in k k"]  # the weight of a convolution
Energy = Float[Tensor, "terms"]
