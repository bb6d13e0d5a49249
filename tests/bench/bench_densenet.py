"""How fast DenseNet-121 answers, and what training it keeps in memory.

Run by `make bench`, in the peers' environment if torchvision is to join:

    PYTHONPATH=. python tests/bench/bench_densenet.py
"""

import torch
from ratio_table import ratio_table

from cvnotes import cost
from cvnotes.densenet import densenet121


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


def saved(net, x):
    """Bytes a sample of the float maps that autograd saves."""
    weights = {p.untyped_storage().data_ptr() for p in net.parameters()}
    maps = {}

    def save(tensor):
        storage = tensor.untyped_storage()
        is_map = tensor.dim() > 1 and tensor.is_floating_point()
        if is_map and storage.data_ptr() not in weights:
            # The tensor too, so that its place is not used again.
            maps[storage.data_ptr()] = storage.nbytes(), tensor
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(save, lambda t: t):
        net(x)
    return sum(size for size, _ in maps.values()) / len(x)


def memory(side=224):
    measured = saved(densenet121(), torch.randn(2, 3, side, side))
    form = cost.densenet_memory(size=(side, side))
    rows = {
        "measured": measured,
        "closed form, naive": 4 * form.naive,
        "closed form, shared": 4 * form.shared,
    }
    lines = [f"{'':19}  MB a sample  ratio"]
    for name, size in rows.items():
        lines.append(f"{name:19}  {size / 1e6:11.2f}  {size / measured:5.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(2)
    print(f"torch {torch.__version__}, 2 threads")
    print("\nDenseNet-121, inference, 4 pictures of 224×224")
    print(inference())
    print("\nDenseNet-121, what a training step keeps of 224×224")
    print(memory())
