"""Runs the benchmarks named on the command line, or all of them, and prints one line for each ratio."""

import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measuring import Ratio


def main() -> None:
    folder = Path(__file__).parent
    known = sorted(path.stem for path in folder.glob("bench_*.py"))
    wanted = [f"bench_{name.removeprefix('bench_')}" for name in sys.argv[1:]] or known
    unknown = set(wanted) - set(known)
    if unknown:
        sys.exit(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    print(f"{'what':<58} {'ours':>10} {'theirs':>10} {'ratio':>8}   goal")
    for name in wanted:
        ratios: list[Ratio] = import_module(f"tests.benchmarks.{name}").measure()
        for ratio in ratios:
            print(ratio, flush=True)


if __name__ == "__main__":
    main()
