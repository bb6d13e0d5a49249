"""A dense block drawn: who reads whom, and how wide each layer reads."""

from matplotlib.patches import Arc

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, canvas, styled


@styled
def reading(reads: list[list[bool]]) -> Figure:
    """Who reads whom in a block: an arc from s to l where ``reads[l−1][s]``.

    ``reads`` has a row for each layer and a column for each source, x0
    first; it is meant to be measured, not typed.
    """
    figure, axes = canvas(5.4, 2.2)
    layers = len(reads)
    for to, row in enumerate(reads, start=1):
        for start in (s for s, read in enumerate(row) if read):
            middle, half = (start + to) / 2, (to - start) / 2
            shape = Arc(
                (middle, 0.3), 2 * half, 1.3 * half, theta1=0, theta2=180
            )
            shape.set(color=LIGHT["blue"], linewidth=1.3)
            axes.add_patch(shape)
    for i in range(layers + 1):
        name = "$x_0$" if i == 0 else f"$H_{i}$"
        axes.text(i, 0, name, ha="center", va="center", fontsize=13)
    axes.set(xlim=(-0.5, layers + 0.5), ylim=(-0.3, 0.5 + 0.33 * layers))
    axes.axis("off")
    count = sum(map(sum, reads))
    return Figure(figure, f"{layers} layers and {count} arcs between them")


@styled
def widths(block) -> Figure:
    """A dense block to scale: each layer's input, by where it came from.

    ``block`` has ``in_channels``, ``growth_rate`` and layers with an
    ``in_channels`` of their own, as ``cvnotes.densenet.DenseBlock``.
    """
    figure, axes = canvas(4.5, 2.6)
    k0, k = block.in_channels, block.growth_rate
    columns = [layer.in_channels for layer in block] + [block.out_channels]
    axes.bar(range(len(columns)), k0, 0.9, color=LIGHT["stone"])
    for i, height in enumerate(columns):
        for source in range((height - k0) // k):
            shade = LIGHT["deep"] if source % 2 else LIGHT["blue"]
            axes.bar(i, k, 0.9, k0 + k * source, color=shade)
        axes.text(i, height, f" {height}", ha="center", va="bottom")
    names = [f"{i + 1}" for i in range(len(block))] + ["output"]
    axes.set_xticks(range(len(names)), names)
    axes.set(xlabel="layer", ylabel="channels")
    axes.text(0, k0 / 2, f"$k_0$={k0}", ha="center", va="center")
    axes.text(
        1,
        k0 + k / 2,
        f"$k$={k}",
        ha="center",
        va="center",
        c=LIGHT["paper"],
    )
    axes.tick_params(length=0)
    return Figure(
        figure,
        f"A dense block of {len(block)} layers: inputs of "
        f"{', '.join(map(str, columns[:-1]))} channels, output {columns[-1]}",
    )
