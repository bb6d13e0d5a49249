"""The closed forms: what a block costs, before a single tensor is made.

Each function takes the arguments of the block's constructor and, where it
matters, ``size=(h, w)``, the height and width of the maps that go in. The
tests hold every one of them to PyTorch's own count.

>>> from cvnotes import cost
>>> cost.densenet().params
7978856
"""

from cvnotes.cost.cbam import (
    RESNET50,
    cbam,
    channel_attention,
    in_resnet50,
    refuse_reduction,
    spatial_attention,
)
from cvnotes.cost.cgnl import (
    cgnl,
    cgnl_kernel,
    cgnl_matrix,
    refuse_cgnl,
)
from cvnotes.cost.channels import (
    bottleneck_break_even,
    compressed,
    connections,
    input_channels,
)
from cvnotes.cost.counting import (
    Cost,
    a_number,
    at_least_one,
    batch_norm,
    conv2d,
    linear,
    none_or_more,
    output_size,
    refuse_even,
)
from cvnotes.cost.cross_layer import (
    cross_layer,
    cross_layer_products,
    refuse_cross_layer,
)
from cvnotes.cost.dense import (
    LayerCost,
    dense_block,
    dense_layer,
    densenet,
    densenet_layers,
    refuse_blocks,
    refuse_small,
    transition,
)
from cvnotes.cost.inception import (
    full_rank,
    inception,
    reduced,
    reduction_break_even,
)
from cvnotes.cost.memory import (
    Memory,
    dense_block_memory,
    densenet_memory,
)
from cvnotes.cost.nin import (
    NIN_SIDE,
    mlpconv,
    mlpconv_layers,
    nin,
    nin_layers,
    nin_plan,
    refuse_head,
    refuse_mlpconv,
)
from cvnotes.cost.non_local import (
    non_local,
    non_local_attention,
    non_local_projections,
    refuse_non_local,
    weights_bytes,
)
from cvnotes.cost.receptive import (
    Field,
    inside,
    overlap,
    receptive_field,
)
from cvnotes.cost.separable import (
    intensity,
    separable,
    separable_halves,
    separable_ratio,
    traffic,
)
from cvnotes.cost.separable_net import (
    MOBILENET_PLAN,
    mobilenet,
    mobilenet_layers,
)

__all__ = [
    "MOBILENET_PLAN",
    "NIN_SIDE",
    "RESNET50",
    "Cost",
    "Field",
    "LayerCost",
    "Memory",
    "a_number",
    "at_least_one",
    "batch_norm",
    "bottleneck_break_even",
    "cbam",
    "cgnl",
    "cgnl_kernel",
    "cgnl_matrix",
    "channel_attention",
    "compressed",
    "connections",
    "conv2d",
    "cross_layer",
    "cross_layer_products",
    "dense_block",
    "dense_block_memory",
    "dense_layer",
    "densenet",
    "densenet_layers",
    "densenet_memory",
    "full_rank",
    "in_resnet50",
    "inception",
    "input_channels",
    "inside",
    "intensity",
    "linear",
    "mlpconv",
    "mlpconv_layers",
    "mobilenet",
    "mobilenet_layers",
    "nin",
    "nin_layers",
    "nin_plan",
    "non_local",
    "non_local_attention",
    "non_local_projections",
    "none_or_more",
    "output_size",
    "overlap",
    "receptive_field",
    "reduced",
    "reduction_break_even",
    "refuse_blocks",
    "refuse_cgnl",
    "refuse_cross_layer",
    "refuse_even",
    "refuse_head",
    "refuse_mlpconv",
    "refuse_non_local",
    "refuse_reduction",
    "refuse_small",
    "separable",
    "separable_halves",
    "separable_ratio",
    "spatial_attention",
    "traffic",
    "transition",
    "weights_bytes",
]
