"""How fast DenseNet-121 answers, and what training it keeps in memory.

Run by `make bench`, in the peers' environment if torchvision is to join:

    PYTHONPATH=. python tests/bench/bench_densenet.py
"""

import torch
from ratio_table import ratio_table

from cvnotes import cost
from cvnotes.densenet import densenet121, kept, share


def inference(batch=4, side=224):
    """The same weights everywhere, and channels_last for one of ours."""
    ours, last = densenet121().eval(), densenet121().eval()
    last.load_state_dict(ours.state_dict())
    last = last.to(memory_format=torch.channels_last)
    x = torch.randn(batch, 3, side, side)
    x_last = x.to(memory_format=torch.channels_last)
    calls = {}
    try:
        from torchvision import models
    except ModuleNotFoundError:
        print("torchvision is not here, so ours is the measure")
    else:
        peer = models.densenet121(weights=None).eval()
        peer.load_state_dict(ours.state_dict())
        calls["torchvision"] = lambda: peer(x)
    calls["ours"] = lambda: ours(x)
    calls["ours, channels_last"] = lambda: last(x_last)
    with torch.inference_mode():
        return ratio_table(calls)


def memory(side=224):
    x, form = torch.randn(2, 3, side, side), cost.densenet_memory()
    net = densenet121()
    rows = {
        "naive, measured": kept(net, x),
        "closed form": form.naive,
        "shared, measured": kept(share(net), x),
        "closed form ": form.shared,
    }
    most = rows["naive, measured"]
    lines = [f"{'':19}  MB a sample  ratio"]
    for name, size in rows.items():
        lines.append(f"{name:19}  {4 * size / 1e6:11.2f}  {size / most:5.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(2)
    print(f"torch {torch.__version__}, 2 threads")
    print("\nDenseNet-121, inference, 4 pictures of 224×224")
    print(inference())
    print("\nDenseNet-121, what a training step keeps of 224×224")
    print(memory())
