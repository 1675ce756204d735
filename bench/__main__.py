"""Run measurements: ``python -m bench [names] [--small] [--json | --markdown]``.

Each runs in a process of its own, so that memory and settings of one do not touch another.
"""

import argparse
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console

import bench
from bench.figures import Figure, as_json, as_markdown, from_json, show
from bench.quiet import others_busy

APART = {"__main__", "databases", "figures", "in_pandas", "quiet", "visitor", "written"}


def names() -> list[str]:
    return sorted(found.name for found in pkgutil.iter_modules(bench.__path__))


def main() -> int:
    wanted = _arguments()
    measurable = [name for name in names() if name not in APART]
    unknown = set(wanted.names) - set(measurable)
    if unknown:
        print(f"No measurement is called {', '.join(sorted(unknown))}.", file=sys.stderr)
        print(f"There are: {', '.join(measurable)}.", file=sys.stderr)
        return 2
    chosen = wanted.names or measurable
    size = "small" if wanted.small else "full"
    if wanted.here:
        print(as_json(importlib.import_module(f"bench.{chosen[0]}").measure(size=size)))
        return 0
    figures, failed = _measure_apart(chosen, size=size)
    if wanted.json:
        print(as_json(figures))
    elif wanted.markdown:
        print(as_markdown(figures))
    else:
        show(figures)
    return 1 if failed or any(figure.met is False for figure in figures) else 0


def _measure_apart(chosen: Sequence[str], *, size: str) -> tuple[list[Figure], list[str]]:
    figures: list[Figure] = []
    failed: list[str] = []
    console = Console(stderr=True)
    for name in chosen:
        command = [sys.executable, "-m", "bench", name, "--here"]
        before = others_busy()
        with console.status(f"measuring {name} …"):
            done = subprocess.run(
                command + (["--small"] if size == "small" else []),
                stdout=subprocess.PIPE,
                text=True,
                check=False,
            )
        if done.returncode:
            failed.append(name)
            console.print(f"{name} could not be measured (exit {done.returncode}).", style="red")
        else:
            others = max(before or 0.0, others_busy() or 0.0)
            figures += [replace(figure, others=others) for figure in from_json(done.stdout)]
    return figures, failed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure what is claimed.")
    parser.add_argument("names", nargs="*", help="measurements to run; all when none is named")
    parser.add_argument("--small", action="store_true", help="small data: a trial, not a proof")
    parser.add_argument("--json", action="store_true", help="print JSON only")
    parser.add_argument("--markdown", action="store_true", help="print a table for docs")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
