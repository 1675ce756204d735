"""What a measurement says, and how it is shown to a person and to a machine."""

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from rich.console import Console
from rich.table import Table

COLUMNS = ("claim", "target", "figure", "beside it", "ratio", "", "cores", "others")
VERDICTS = {True: "✓", False: "✗", None: ""}


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured claim.

    ``claim`` names the claim of the proof and what varied ("S1 import, SQLite, 1 M lines");
    ``target`` is the sentence of the proof; ``peer`` what the peer did in this same run ("pandas
    9.1 s"), or what else explains the figure; ``ratio`` how many times better (or, where the target
    says so, dearer) than the peer; ``met`` whether the target holds, None where nothing is
    promised; ``others`` how many of the ``cores`` worked for others just before and after.
    """

    claim: str
    figure: float
    unit: str
    target: str = ""
    peer: str = ""
    ratio: float | None = None
    met: bool | None = None
    cores: int = field(default_factory=cores)
    others: float | None = None


class Clock:
    """Seconds since it was made, and ``worked`` by this process; ``stop`` fixes them."""

    def __init__(self) -> None:
        self._began, self._working = time.perf_counter(), time.process_time()
        self._stopped: float | None = None
        self.worked = 0.0

    def stop(self) -> None:
        if self._stopped is None:
            self._stopped = time.perf_counter()
            self.worked = time.process_time() - self._working

    @property
    def seconds(self) -> float:
        return (self._stopped or time.perf_counter()) - self._began


@contextmanager
def clock() -> Iterator[Clock]:
    """Measure what a block takes: ``with clock() as watch: …`` and then ``watch.seconds``."""
    watch = Clock()
    try:
        yield watch
    finally:
        watch.stop()


def slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return how many times dearer a row got from the first size to the last: 1.0 is linear."""
    return (costs[-1] / sizes[-1]) / (costs[0] / sizes[0])


def as_json(figures: Sequence[Figure]) -> str:
    return json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1)


def from_json(text: str) -> list[Figure]:
    return [Figure(**row) for row in json.loads(text)]


def as_markdown(figures: Sequence[Figure]) -> str:
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *map(_cells, figures)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def show(figures: Sequence[Figure]) -> None:
    table = Table(*COLUMNS)
    for figure in figures:
        table.add_row(*_cells(figure))
    Console().print(table)


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.claim,
        figure.target,
        f"{_number(figure.figure)} {figure.unit}".strip(),
        figure.peer,
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        VERDICTS[figure.met],
        str(figure.cores),
        "" if figure.others is None else f"{figure.others:.1f}",
    )


def _number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"
