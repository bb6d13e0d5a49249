"""What a figure promises: it follows the theme and harms no page."""

import re

import pytest
import torch
from PIL import Image

from cvnotes import palette, plots
from cvnotes.densenet import (
    DenseBlock,
    DenseLayer,
    DenseNet,
    Transition,
    densenet121,
)

DRAWN = {
    "reading": lambda: plots.reading([[True, False], [True, True]]),
    "widths": lambda: plots.widths(DenseBlock(3, 8, growth_rate=4)),
    "network": lambda: plots.network(small(), (33, 40)),
    "bottleneck": lambda: plots.bottleneck(DenseLayer(40, 8)),
}


def small(**settings):
    return DenseNet(4, (2, 1), 8, num_classes=3, stem="cifar", **settings)


@pytest.fixture(params=DRAWN)
def figure(request):
    return DRAWN[request.param]()


def texts(figure):
    """What is written in it, piece by piece."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", figure.svg)


def bars(figure, hue):
    """How wide each rectangle of this colour is, in points."""
    line = r"M ([\d.]+) [\d.]+ \nL ([\d.]+) [^\"]*z\n"
    ink = rf'd="{line}" style="fill: var\(--cv-{hue}, #\w{{6}}\)"'
    pairs = re.findall(ink, figure.svg)
    return [round(float(b) - float(a), 1) for a, b in pairs]


def test_every_colour_follows_the_theme(figure):
    bare = re.sub(r"var\(--cv-\w+, #\w{6}\)", "", figure.svg)
    assert not re.findall(r"#[0-9a-f]{6}\b", bare)
    assert "black" not in bare


def test_it_carries_no_style_or_size_that_reaches_into_the_page(figure):
    assert "<style" not in figure.svg
    assert not re.search(r'<svg[^>]* width="', figure.svg)


def test_it_is_drawn_the_same_every_time():
    reads = [[True], [True, True]]
    assert plots.reading(reads).svg == plots.reading(reads).svg


def test_it_says_in_words_what_it_shows():
    figure = plots.reading([[True, False], [True, True]])
    assert repr(figure) == "Figure: 2 layers and 3 arcs between them"
    assert 'aria-label="2 layers and 3 arcs between them"' in figure.svg


def test_an_arc_is_drawn_for_each_connection_and_no_other():
    def arcs(reads):
        ink = palette.LIGHT["blue"]
        return plots.reading(reads).svg.count(f"stroke: var(--cv-blue, {ink}")

    assert arcs([[True, False], [True, True]]) == 3
    assert arcs([[True, False], [False, True]]) == 2


def test_a_column_is_as_high_as_the_layer_is_wide():
    block = DenseBlock(3, in_channels=8, growth_rate=4)
    figure = plots.widths(block)
    assert "inputs of 8, 12, 16 channels, output 20" in figure.alt


def test_saved_it_is_a_picture_on_the_light_paper(tmp_path, figure):
    path = tmp_path / "figure.png"
    figure.save(path)
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        picture = picture.convert("RGB")
        corner = picture.getpixel((0, 0))
        colours = picture.getcolors(maxcolors=2**24)
    assert "#{:02x}{:02x}{:02x}".format(*corner) == palette.LIGHT["paper"]
    assert (255, 255, 255) not in {colour for _, colour in colours}


def test_the_table_of_the_net_stands_beside_its_picture():
    net = densenet121()
    written = texts(plots.network(net, (224, 224)))
    wanted = {"7×7", "14×14", "56×56", "64 → 256"}
    wanted.add("classifier: 1,000 classes")
    for name, part in net.features.named_children():
        if name.startswith("denseblock"):
            wanted |= {name, f"{len(part)} layers"}
        if isinstance(part, Transition):
            wanted.add(f"{name} keeps {part.out_channels}")
    assert wanted <= set(written)


@pytest.mark.parametrize("size", [(224, 224), (225, 200), (61, 93)])
def test_the_sizes_in_the_picture_are_those_of_the_maps(size):
    net = DenseNet(4, (1, 1), 8)
    seen = []
    for name in ("denseblock1", "denseblock2"):
        part = getattr(net.features, name)
        part.register_forward_hook(lambda _, __, maps: seen.append(maps))
    net.eval()(torch.zeros(1, 3, *size))
    for maps in seen:
        h, w = maps.shape[2:]
        assert f"{h}×{w}" in texts(plots.network(net, size))


def test_a_stripe_is_as_wide_as_its_layer_makes_maps():
    figure = plots.network(small(), (32, 32))
    # Two blocks: 8 channels given and 4 + 4; 8 kept, and 4.
    ground, first, second = (
        bars(figure, hue) for hue in ("stone", "blue", "deep")
    )
    unit = first[0] / 4
    assert [x / unit for x in ground] == pytest.approx([8, 8], rel=0.01)
    assert first == [first[0]] * 2
    assert second == [first[0]]


@pytest.mark.parametrize("bn_size, convolutions", [(4, 2), (None, 1)])
def test_a_layers_picture_names_its_own_parts(bn_size, convolutions):
    written = texts(plots.bottleneck(DenseLayer(40, 8, bn_size)))
    named = [text for text in written if text.startswith("conv")]
    assert len(named) == convolutions
    assert ("conv1 1×1: 40 → 32" in named) == (bn_size == 4)
    assert not any("drop" in text for text in written)


def test_a_dropout_that_drops_is_drawn():
    layer = DenseLayer(40, 8, drop_rate=0.2)
    assert "drop2" in texts(plots.bottleneck(layer))


def test_a_bottleneck_is_drawn_as_wide_as_it_is():
    figure = plots.bottleneck(DenseLayer(16, 8))
    (middle,), (new,) = bars(figure, "bright"), bars(figure, "blue")
    assert middle / new == pytest.approx(32 / 8, rel=0.01)


@plots.figure.styled
def drawn(ha):
    sheet, axes = plots.figure.canvas()
    axes.text(0.5, 0.5, "one\na longer line", ha=ha)
    axes.set_yticks([0, 1], ["some\ntick", "another"])
    return plots.figure.Figure(sheet, "two texts").svg


@pytest.mark.parametrize(
    "ha, anchor", [("center", "middle"), ("right", "end")]
)
def test_lines_of_a_text_are_aligned_by_the_letters_of_the_page(ha, anchor):
    svg = drawn(ha)
    for lines, wanted in (
        (("one", "a longer line"), anchor),
        (("tick",), "end"),
    ):
        places = set()
        for words in lines:
            line = re.findall(rf"<text ([^>]*)>{words}</text>", svg)[0]
            assert f"text-anchor: {wanted}" in line
            places |= {re.search(r"translate\((\S+) ", line)[1]}
        assert len(places) == 1
    assert (
        "text-anchor"
        not in re.findall(
            r"<text ([^>]*)>a longer line</text>", drawn("left")
        )[0]
    )
