"""The command line: what can be run, running it, and what a net costs.

    python -m cvnotes list [growth_rate]
    python -m cvnotes run growth_rate --seeds 3 --out runs/growth_rate
    python -m cvnotes cost densenet121 --size 224

With several processes: ``torchrun --nproc_per_node 2 -m cvnotes run …``.
"""

import argparse
import os
import sys
from difflib import get_close_matches
from pathlib import Path

from cvnotes import experiments, named

MISTAKES = (ValueError, TypeError, ImportError, OSError, ArithmeticError)


def _near(name, known):
    near = get_close_matches(name, known, 3, 0.4) or known
    return ", ".join(near)


def _known(name):
    if name not in experiments.NAMES:
        raise ValueError(
            f"{name!r} is no experiment; "
            f"near it: {_near(name, experiments.NAMES)}"
        )
    return name


def _list(asked):
    from cvnotes.experiments.catalogue import claims

    found = claims()
    if asked.name:
        from cvnotes.experiments.command import describe

        name = _known(asked.name)
        print(f"{name}: {found[name]}\n")
        print(*describe(name), sep="\n")
        return
    width = max(map(len, found))
    for name, claim in found.items():
        print(f"{name:{width}} {claim}")


def _run(asked):
    from cvnotes.experiments.command import run

    name = _known(asked.name)
    out = Path(asked.out or f"runs/{name}")
    run(
        name,
        asked.preset,
        asked.device,
        asked.seeds,
        out,
        asked.resume,
        asked.set,
    )


def _cost(asked):
    nets = named.nets()
    if asked.name not in nets:
        raise ValueError(
            f"{asked.name!r} is no net; near it: {_near(asked.name, nets)}"
        )
    net = nets[asked.name]
    side = net.side if asked.size is None else asked.size
    cost = net.cost(size=(side, side))
    print(f"{asked.name}, pictures of {side}×{side}")
    print(f"parameters    {cost.params:,}")
    print(f"multiply-adds {cost.macs:,} a picture")


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m cvnotes", description=__doc__.partition("\n")[0]
    )
    verbs = parser.add_subparsers(required=True, metavar="list | run | cost")
    verb = verbs.add_parser("list", help="every experiment and its claim")
    verb.add_argument("name", nargs="?", help="of one: what --set changes")
    verb.set_defaults(act=_list)
    verb = verbs.add_parser("run", help="run an experiment")
    verb.add_argument("name")
    verb.add_argument("--preset", default="quick", help="quick or full")
    verb.add_argument("--seeds", type=int, help="how many, from 0 on")
    verb.add_argument("--device", default="auto", help="auto, cpu, cuda, mps")
    verb.add_argument("--out", help="a folder; runs/NAME if not given")
    verb.add_argument("--resume", action="store_true", help="go on there")
    verb.add_argument(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        metavar="KEY=VALUE",
        help="change settings of the preset; `list NAME` has them",
    )
    verb.set_defaults(act=_run)
    verb = verbs.add_parser("cost", help="what a net costs")
    verb.add_argument("name")
    verb.add_argument("--size", type=int, help="of a picture's sides")
    verb.set_defaults(act=_cost)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked; a mistake is one sentence, and exit code 2."""
    asked = _parser().parse_args(arguments)
    try:
        asked.act(asked)
    except MISTAKES as reason:
        print(f"cvnotes: {reason}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as reason:
        # Every process stops, and the first one speaks.
        if os.environ.get("RANK", "0") == "0":
            print(f"cvnotes: {str(reason) or 'stopped'}", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
