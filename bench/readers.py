"""How fast events are recorded and read, and whether one costs more among many (S11)."""

import json
import os
import subprocess
import sys

from bench.databases import databases, installation
from bench.figures import Figure, slope

SIZES = {"small": (2_000, 10_000), "full": (20_000, 200_000)}

READ = """
import json, os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
import django
django.setup()
from django.utils import timezone
from regulars.identify.timeline.public import Start, Touch, catch_up, declare, reader, record
from regulars.organization.public import Brand

seen = []
reader("bench", kinds=None, start=Start.FROM_THE_BEGINNING)(lambda events: seen.append(len(events)))
kind, now = declare("Bench", "Bench"), timezone.now()
brand = Brand.objects.create(slug="bench", name="Bench").pk
count = int(sys.argv[1])
begun = time.perf_counter()
record(
    (
        Touch(brand_id=brand, customer_id=n % 1000, kind=kind, occurred_at=now, source="bench",
              message_id=str(n), properties={"number": n})
        for n in range(count)
    ),
    now=now,
)
recorded = time.perf_counter()
catch_up(only="bench")
done = time.perf_counter()
assert sum(seen) == count
print(json.dumps({"record": recorded - begun, "read": done - recorded}))
"""


def measure(*, size: str) -> list[Figure]:
    figures = []
    for database in databases():
        taken = [_seconds(database, count) for count in SIZES[size]]
        figures += [_figure(verb, database, taken, SIZES[size]) for verb in ("record", "read")]
    return figures


def _figure(
    verb: str, database: str, taken: list[dict[str, float]], sizes: tuple[int, ...]
) -> Figure:
    grown = slope(sizes, [seconds[verb] for seconds in taken])
    return Figure(
        claim=f"S11 {verb} events, {database}, {sizes[-1]:,} against {sizes[0]:,}",
        figure=sizes[-1] / taken[-1][verb],
        unit="events/s",
        target="slope ≤ 1.2",
        ratio=grown,
        met=grown <= 1.2,
    )


def _seconds(database: str, count: int) -> dict[str, float]:
    with installation(database) as fresh:
        fresh.regulars("timeline", "readers")
        done = subprocess.run(
            [sys.executable, "-c", READ, str(count)],
            env=os.environ | fresh.environment,
            capture_output=True,
            text=True,
            check=True,
        )
    found: dict[str, float] = json.loads(done.stdout)
    return found
