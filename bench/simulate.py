"""A synthetic shop of a million customers and ten million orders, straight to files."""

import resource
from pathlib import Path

from bench.databases import installation
from bench.figures import Figure, clock, slope

SIZES = {"small": [2_000, 20_000], "full": [10_000, 100_000, 1_000_000]}
MOST_MINUTES, MOST_GIGABYTES = 5.0, 6.0
KILOBYTES_A_GIGABYTE = 1_048_576  # ru_maxrss counts kilobytes on Linux


def measure(*, size: str) -> list[Figure]:
    with installation() as place:
        costs = [_seconds(place, people) for people in SIZES[size]]
    people, (seconds, orders) = SIZES[size][-1], costs[-1]
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILOBYTES_A_GIGABYTE
    per_order = slope([orders for _, orders in costs], [cost for cost, _ in costs])
    return [
        Figure(
            claim=f"G7 simulate {people:,} customers, {orders:,} orders",
            figure=seconds,
            unit="s",
            target="1 M customers, 10 M orders in minutes",
            met=seconds < MOST_MINUTES * 60,
        ),
        Figure(claim="G7 memory", figure=most, unit="GB", target="< 6", met=most < MOST_GIGABYTES),
        Figure(
            claim="S11 simulate, cost per order, last size over first",
            figure=per_order,
            unit="×",
            target="≤ 1.2",
            met=per_order <= 1.2,
        ),
    ]


def _seconds(place, people):
    to = Path(place.folder) / f"shop-{people}"
    with clock() as watch:
        said = place.regulars(
            "simulate", "--brand", "plain", "--size", str(people), "--until", "2026-01-01",
            "--to", str(to), "--lake",
        )  # fmt: skip
    return watch.seconds, said["orders"]
