"""Compile every block, in a process of its own, and say how it went.

The shape check that the tests switch on cannot be traced; here it is off.
One line of JSON: what went wrong with each example, nothing where none did.
"""

import json

import torch
from blocks import EXAMPLES, gradients, made


def trouble(example: str) -> str:
    """What keeps a block from being one graph that computes the same."""
    # Each has its own: more than eight of one kind would be refused.
    torch.compiler.reset()
    net, inputs = made(example)
    fast = torch.compile(net, fullgraph=True, backend="aot_eager")
    try:
        if any(g is None for g in gradients(net, inputs, fast(*inputs))):
            return "a parameter or an input got no gradient"
        net.eval()
        torch.testing.assert_close(fast(*inputs), net(*inputs))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


if __name__ == "__main__":
    print(json.dumps({example: trouble(example) for example in EXAMPLES}))
