"""S3: how fast facts become columns, how far the lake lags behind writers, how fast it is read."""

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

from bench.databases import Installation, databases, installation
from bench.figures import Figure, slope
from bench.written import write_shop

SIZES = {"small": [10_000, 100_000], "full": [100_000, 1_000_000]}  # orders
WRITING = {"small": 5, "full": 30}  # seconds
READ = {"small": 100_000, "full": 1_000_000}  # rows of the table that is read
LEAST_RATE, EVENTS_A_SECOND, MOST_LAG = 300_000, 5_000, 5.0
BATCH = 250  # events a transaction
KILOBYTES_A_GIGABYTE = 1_048_576  # ru_maxrss counts kilobytes on Linux


def measure(*, size: str) -> list[Figure]:
    figures = []
    for database in databases():
        figures += [*_rates(database, SIZES[size]), *_lag(database, WRITING[size])]
    return [*figures, *_reading(READ[size])]


def _rates(database: str, sizes: list[int]) -> list[Figure]:
    rows, costs, seconds, worked = [], [], 0.0, 0.0
    for orders in sizes:
        with installation(database) as place:
            place.regulars("lake", "status")
            write_shop(place, customers=max(1, orders // 10), orders=orders, lines=3)
            before = _processor()
            said = place.regulars("lake", "rebuild")
            worked = _processor() - before
        seconds = said["seconds"]
        rows.append(sum(said["rows"].values()))
        costs.append(seconds)
    rate, dearer = rows[-1] / seconds, slope(rows, costs)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILOBYTES_A_GIGABYTE
    return [
        Figure(
            claim=f"S3 mirror to the lake, {database}, {rows[-1]:,} rows",
            figure=rate,
            unit="rows/s",
            target="≥ 300 000",
            peer=f"{rows[-1] / worked:,.0f} a second of the mirror's processor time",
            met=rate >= LEAST_RATE,
        ),
        Figure(claim=f"S3 memory, {database}", figure=most, unit="GB", target="< 1", met=most < 1),
        Figure(
            claim=f"S11 mirror, {database}, cost per row, last size over first",
            figure=dearer,
            unit="×",
            target="≤ 1.2",
            met=dearer <= 1.2,
        ),
    ]


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _lag(database: str, seconds: int) -> list[Figure]:
    with installation(database) as place, _worker(place):
        said = _apart(place, "write_and_watch", seconds)
    rate, lag = said["events"] / seconds, said["lag"]
    return [
        Figure(
            claim=f"S3 longest lag while {rate:,.0f} events/s are written, {database}",
            figure=lag,
            unit="s",
            target="< 5 at 5 000 events/s",
            met=lag < MOST_LAG and rate >= 0.9 * EVENTS_A_SECOND,
        )
    ]


def _reading(rows: int) -> list[Figure]:
    with installation() as place:
        place.regulars("lake", "catch-up")
        said = _apart(place, "ask", rows)
    opened, top = said["open"], said["top"]
    claim = f"top 50 of {rows:,} customers' metrics"
    return [
        Figure(claim="open the lake", figure=opened, unit="ms", target="≤ 5", met=opened <= 5),
        Figure(claim=claim, figure=top, unit="ms", target="≤ 60", met=top <= 60),
    ]


@contextmanager
def _worker(place: Installation):
    place.regulars("lake", "catch-up")
    program = [str(Path(sys.executable).with_name("regulars")), "worker"]
    with subprocess.Popen(program, env=place.environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


def _apart(place: Installation, function: str, number: int):
    """Run a function of this module in a process that is at home in the installation."""
    program = f"import bench.mirror; bench.mirror.told('{function}', {number})"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=place.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def told(function: str, number: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
    django.setup()
    print(json.dumps(globals()[function](number)))


def write_and_watch(seconds: int) -> dict[str, float]:
    """Record events at a steady rate, and see how late the lake shows each change."""
    from django.db import transaction
    from django.utils import timezone

    from regulars.identify.timeline.public import Touch, kinds, record
    from regulars.lake.public import last_revision, latest_snapshot, next_revision, wait_for
    from regulars.organization.public import Brand

    brand = Brand.objects.create(slug="bench", name="Bench")
    with transaction.atomic():
        revision = next_revision()
    wait_for(revision, timeout=60)  # until the worker is at work
    kind = next(iter(kinds().values()))
    numbers, began = count(), time.monotonic()
    waiting: list[tuple[float, int]] = []
    written, lag = 0, 0.0
    while (now := time.monotonic()) < began + seconds:
        if written < (now - began) * EVENTS_A_SECOND:
            at = timezone.now()
            record(
                [
                    Touch(
                        brand_id=brand.pk,
                        customer_id=None,
                        kind=kind,
                        occurred_at=at,
                        source="bench",
                        message_id=str(next(numbers)),
                        properties={"product": "sencha", "price": 1250},
                    )
                    for _ in range(BATCH)
                ],
                now=at,
            )
            written += BATCH
            waiting.append((time.monotonic(), last_revision()))
        shown = latest_snapshot().revision
        now = time.monotonic()
        lag = max([lag, *(now - at for at, _ in waiting)])
        waiting = [(at, revision) for at, revision in waiting if revision > shown]
        time.sleep(0.005)
    return {"events": written, "lag": round(lag, 3)}


def ask(rows: int) -> dict[str, float]:
    """Read the fifty best of a computed table, sorted by one of its columns."""
    import ibis

    from regulars.lake.public import reading, workbench, write_partition

    where = {"brand_id": 1, "as_of": date(2026, 1, 1)}
    columns = ", ".join(f"(hash(i * {n}) % 1000)::int AS m{n}" for n in range(1, 26))
    with workbench() as bench:
        table = bench.sql(f"SELECT i::int AS customer_id, {columns} FROM range({rows}) r(i)")
        write_partition("customer_metrics", table.to_arrow_table(), where=where)
    opened, top = [], []
    for _ in range(20):
        began = time.perf_counter()
        with reading() as lake:
            _ = lake.connection
            opened.append(time.perf_counter() - began)
            metrics = lake.computed("customer_metrics")
            best = metrics.filter(metrics.brand_id == 1, metrics.as_of == where["as_of"])
            best.order_by(ibis.desc("m7")).limit(50).to_pyarrow()
        top.append(time.perf_counter() - began)
    return {"open": _median(opened), "top": _median(top)}


def _median(seconds: list[float]) -> float:
    return round(sorted(seconds)[len(seconds) // 2] * 1000, 2)
