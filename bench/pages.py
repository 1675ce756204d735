"""How long the pages of the console take at a million customers (S10), with the real server."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.databases import Installation, databases, installation
from bench.figures import Figure
from bench.shops import OWNER, PASSWORD, open_plain_shop
from bench.visitor import Visitor, free_port

SIZES = {"small": (1_000, 5), "full": (1_000_000, 25)}  # customers, how often each page
YEARS, MOST_MS = 1.0, 200.0
CUSTOMER = re.compile(r"/customers/(cus_[0-9a-z]+)/")
# Pages by their place below the brand, and what is asked of them; {customer} is one of the shop's.
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
    "imports/",
    "settings/",
)


def measure(*, size: str) -> list[Figure]:
    customers, times = SIZES[size]
    figures = []
    for database in databases():
        with installation(database) as place:
            open_plain_shop(place, customers=customers, years=YEARS)
            with _served(place) as visitor:
                taken = _taken(visitor, times)
        figures += _figures(taken, f"{customers:,} customers, {database}")
    return figures


def _taken(visitor: Visitor, times: int) -> dict[str, list[float]]:
    """Ask for every page, once to warm up; return milliseconds of the others by page."""
    people = sorted(set(CUSTOMER.findall(visitor.page("/b/plain/customers/"))))
    taken: dict[str, list[float]] = {page: [] for page in PAGES}
    for turn in range(times + 1):
        for page in PAGES:
            person = people[turn % len(people)]
            began = time.perf_counter()
            visitor.page(f"/b/plain/{page.format(customer=person)}")
            if turn:
                taken[page].append((time.perf_counter() - began) * 1000)
    return taken


def _figures(taken: dict[str, list[float]], where: str) -> list[Figure]:
    slowest = max(taken, key=lambda page: _p95(taken[page]))
    everything = [one for page in taken.values() for one in page]
    return [
        _figure(f"S10 {len(taken)} pages, p95, {where}", _p95(everything)),
        _figure(f"S10 the slowest page, /{slowest}, p95, {where}", _p95(taken[slowest])),
    ]


def _figure(claim: str, milliseconds: float) -> Figure:
    return Figure(
        claim=claim,
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
        yield visitor
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=60)
