"""Network in Network: mlpconv layers, and at the end one map a class.

Lin, Chen, Yan, "Network In Network", ICLR 2014, arXiv 1312.4400, section 3.
The channels are those of its CIFAR net as transcribed in the repository
dacorvo/tensorsandbox; the paper prints no table of them.
"""

from collections import OrderedDict

from jaxtyping import Float
from torch import Tensor, nn

from cvnotes.cost import NIN_SIDE, nin_plan, refuse_head
from cvnotes.pointwise.mlpconv import GlobalAveragePool, MLPConv
from cvnotes.shapes import Maps, Scores

ClassMaps = Float[Tensor, "b classes rows columns"]
DROP_RATE = 0.5  # after every mlpconv layer but the last


class NIN(nn.Module):
    """Three mlpconv layers, the last with a map for each class.

    ``head="gap"`` takes each map's mean as the score of its class, at any
    size of picture. ``head="fc"`` puts in its place one fully connected
    layer over all numbers of the last maps, for pictures of 32×32 only:
    the comparison of the paper's Table 5.

    >>> import torch
    >>> net = NIN().eval()
    >>> net.class_maps(torch.zeros(2, 3, 48, 32)).shape
    torch.Size([2, 10, 12, 8])
    >>> net(torch.zeros(2, 3, 48, 32)).shape
    torch.Size([2, 10])
    """

    def __init__(self, num_classes: int = 10, head: str = "gap"):
        plan = nin_plan(num_classes)
        refuse_head(head)
        super().__init__()
        steps, reads = OrderedDict(), 3
        for i, (kernel_size, channels) in enumerate(plan, start=1):
            if i > 1:
                steps[f"pool{i - 1}"] = nn.MaxPool2d(3, 2, padding=1)
                steps[f"drop{i - 1}"] = nn.Dropout(DROP_RATE)
            layer = MLPConv(reads, channels, kernel_size)
            steps[f"mlpconv{i}"] = layer
            reads = layer.out_channels
        self.features = nn.Sequential(steps)
        self.head = head
        if head == "gap":
            self.pool = GlobalAveragePool()
        else:
            places = (NIN_SIDE // 4) ** 2  # each of two pools halves
            self.classifier = nn.Linear(num_classes * places, num_classes)
        self._start()

    def _start(self):
        # He et al.'s start: no normalisation would mend a smaller one.
        for module in self.features.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                nn.init.zeros_(module.bias)

    def class_maps(self, x: Maps) -> ClassMaps:
        """What speaks for each class, and where: a map of it for each."""
        return self.features(x)

    def forward(self, x: Maps) -> Scores:
        if self.head == "gap":
            return self.pool(self.class_maps(x))
        refuse_head("fc", tuple(x.shape[2:]))
        return self.classifier(self.class_maps(x).flatten(1))
