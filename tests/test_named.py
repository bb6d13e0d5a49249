"""The command line's nets are the package's, whatever counts them."""

import pytest
import torch

from cvnotes import densenet, named


def counted(net):
    return sum(p.numel() for p in net.parameters())


@pytest.mark.parametrize("name", ["121", "161", "169", "201", "264"])
def test_an_imagenet_net_has_the_modules_parameters(name):
    with torch.device("meta"):
        net = getattr(densenet, f"densenet{name}")()
    cost = named.nets()[f"densenet{name}"].cost(size=(224, 224))
    assert cost.params == counted(net)


@pytest.mark.parametrize(
    "name, bottleneck, compression",
    [("densenet", False, 1.0), ("densenet-bc", True, 0.5)],
)
def test_a_cifar_net_has_the_modules_parameters(
    name, bottleneck, compression
):
    own = {n: v for n, v in named.nets().items() if n[:-2].startswith(name)}
    plain = [n for n in own if n.rsplit("-", 2)[0] == name]
    assert len(plain) == 3
    for each in plain:
        depth, k = map(int, each.split("-")[-2:])
        with torch.device("meta"):
            net = densenet.densenet_cifar(depth, k, bottleneck, compression)
        cost = own[each].cost(size=(32, 32))
        assert cost.params == counted(net)
