"""The axis letters: b sample, c channel, h row, w column, n = h·w.

Every module of the book writes its shapes with these aliases. They cost
nothing at run time; the tests switch on a check that enforces them.
"""

from jaxtyping import Float
from torch import Tensor

Maps = Float[Tensor, "b c h w"]
Places = Float[Tensor, "b n d"]  # a row of d numbers for each place
Heard = Float[Tensor, "b m d"]  # the same, of the places that are asked
PairWeights = Float[Tensor, "b n m"]  # how much place i takes from place j
Scores = Float[Tensor, "b classes"]
ChannelGate = Float[Tensor, "b c 1 1"]
SpatialGate = Float[Tensor, "b 1 h w"]
Kernel = Float[Tensor, "out in k k"]  # the weight of a convolution
Energy = Float[Tensor, "terms"]
GroupGate = Float[Tensor, "b groups *terms"]  # terms only for a series
