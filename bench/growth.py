"""A shop that grows to a million customers: what a row costs (S11), and what pages take (S10)."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.databases import Installation, databases, installation
from bench.figures import Figure, clock, slope
from bench.quiet import processor_seconds
from bench.visitor import Visitor, free_port
from bench.written import write_shop

SIZES = {"small": [500, 2_000], "full": [10_000, 100_000, 1_000_000]}  # customers
TIMES = {"small": 5, "full": 25}  # each page is asked for so often
ORDERS_EACH, MOST_MS, MOST_DEARER = 3, 200.0, 1.2
STEPS = {
    "mirror": "S11 mirror to the lake",
    "metrics": "S11 compute all metrics",
}
OWNER, PASSWORD = "owner@bench.test", "a-kettle-for-measuring"
CUSTOMER, SEGMENT = re.compile(r"/customers/(cus_[0-9a-z]+)/"), re.compile(r"/segments/(\d+)/")
# Pages by their place below the brand, and what is asked of them; of one {customer} or {segment}.
PAGES = (
    "",
    "customers/",
    "customers/?recency=active&frequency=fan",
    "customers/?sort=visits",
    "customers/{customer}/",
    "customers/{customer}/orders/",
    "customers/{customer}/timeline/",
    "products/",
    "board/",
    "rhythm/",
    "concentration/",
    "cohorts/",
    "structure/",
    "worth/",
    "churn/",
    "forecast/",
    "customers/{customer}/worth/",
    "customers/{customer}/segments/",
    "segments/",
    "segments/{segment}/",
    "segments/new/",
    "customers/?segment={segment}",
    "explore/",
    "explore/retention/",
    "explore/migration/",
    "imports/",
    "settings/",
)


def measure(*, size: str) -> list[Figure]:
    figures = []
    for database in databases():
        grown = [_grown(database, customers, TIMES[size]) for customers in SIZES[size]]
        named = f"{SIZES[size][-1]:,} customers, {database}"
        figures += [*_slopes(grown, database), *_figures(grown[-1], named)]
    return figures


@dataclass(frozen=True, slots=True)
class Grown:
    """A shop at one size: seconds by step, milliseconds by page, and those of the processor."""

    orders: int
    seconds: dict[str, float]
    pages: dict[str, list[float]]
    worked: dict[str, float]


def _grown(database: str, customers: int, times: int) -> Grown:
    with installation(database) as place:
        place.regulars("lake", "status")
        orders = customers * ORDERS_EACH
        write_shop(place, customers=customers, orders=orders, lines=1)
        seconds = {
            "mirror": place.regulars("lake", "rebuild")["seconds"],
            "metrics": _seconds(place, "metrics", "--brand", "bench", "--as-of", "2025-12-31"),
        }
        place.program("from bench import written; written.look_closer()")
        with _served(place) as visitor:
            return Grown(orders, seconds, *_taken(visitor, times))


def _seconds(place: Installation, *command: str) -> float:
    with clock() as watch:
        place.regulars(*command)
    return watch.seconds


def _slopes(grown: Sequence[Grown], database: str) -> list[Figure]:
    orders = [one.orders for one in grown]
    figures = []
    for step, claim in STEPS.items():
        dearer = slope(orders, [one.seconds[step] for one in grown])
        figures.append(
            Figure(
                claim=f"{claim}, {orders[0]:,} → {orders[-1]:,} orders, {database}",
                figure=dearer,
                unit="× the cost of a row",
                target=f"≤ {MOST_DEARER}",
                peer=", ".join(f"{one.seconds[step]:.0f} s" for one in grown),
                met=dearer <= MOST_DEARER,
            )
        )
    return figures


def _taken(visitor: Visitor, times: int) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Ask for every page, once to warm up; return milliseconds of the others by page.

    Beside them, how many of those the processor worked for the page on average.
    """
    people = sorted(set(CUSTOMER.findall(visitor.page("/b/bench/customers/"))))
    segment = SEGMENT.findall(visitor.page("/b/bench/segments/"))[0]
    taken: dict[str, list[float]] = {page: [] for page in PAGES}
    worked = dict.fromkeys(PAGES, 0.0)
    for turn in range(times + 1):
        for page in PAGES:
            person = people[turn % len(people)]
            before, began = processor_seconds(visitor.session), time.perf_counter()
            visitor.page(f"/b/bench/{page.format(customer=person, segment=segment)}")
            if turn:
                taken[page].append((time.perf_counter() - began) * 1000)
                worked[page] += (processor_seconds(visitor.session) - before) * 1000 / times
    return taken, worked


def _figures(grown: Grown, where: str) -> list[Figure]:
    taken, worked = grown.pages, grown.worked
    slow = sorted(taken, key=lambda page: _p95(taken[page]), reverse=True)
    beside = ", ".join(f"/{page} {_p95(taken[page]):.0f}" for page in slow[1:5])
    hard = max(worked, key=lambda page: worked[page])
    everything = [one for page in taken.values() for one in page]
    return [
        _figure(f"S10 {len(taken)} pages, p95, {where}", _p95(everything)),
        _figure(f"S10 the slowest page, /{slow[0]}, p95, {where}", _p95(taken[slow[0]]), beside),
        Figure(
            claim=f"S10 the page that costs the processor most, /{hard}, {where}",
            figure=worked[hard],
            unit="ms of a core",
            peer=f"all pages {sum(worked.values()) / len(worked):.0f} on average",
        ),
    ]


def _figure(claim: str, milliseconds: float, beside: str = "") -> Figure:
    return Figure(
        claim=claim,
        peer=beside,
        figure=milliseconds,
        unit="ms",
        target="p95 ≤ 200 ms",
        met=milliseconds <= MOST_MS,
    )


def _p95(taken: list[float]) -> float:
    return sorted(taken)[round(0.95 * (len(taken) - 1))]


@contextmanager
def _served(place: Installation) -> Iterator[Visitor]:
    port = free_port()
    program = str(Path(sys.executable).with_name("regulars"))
    environment = {**place.environment, "REGULARS_URL": f"http://127.0.0.1:{port}"}
    subprocess.run(
        [program, "user", "add", OWNER, "--role", "owner", "--password-stdin"],
        env=environment,
        input=f"{PASSWORD}\n",
        text=True,
        capture_output=True,
        check=True,
    )
    server = subprocess.Popen(
        [program, "serve", "--web", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        visitor = Visitor(f"http://127.0.0.1:{port}")
        visitor.wait_until_served(seconds=60, running=lambda: server.poll() is None)
        visitor.sign_in(OWNER, PASSWORD)
        visitor.session = server.pid
        yield visitor
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=60)
