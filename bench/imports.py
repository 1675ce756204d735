"""An order file becomes committed facts (S1), against Django row by row and a bare read."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb

from bench.databases import SQLITE, databases, installation
from bench.figures import Figure, clock, slope

SIZES = {"small": (10_000, 50_000), "full": (10_000, 100_000, 1_000_000)}
LINES_A_CUSTOMER = 20
SAMPLE = 3_000
LEAST = {SQLITE: 15_000}
LEAST_ELSEWHERE = 20_000
MOST_GROWTH = 1.2

# What a reader of the tutorial writes: look up or make each thing a line names, then the line.
BY_ROWS = """
import csv, json, os, sys, time
from datetime import datetime, timezone
from decimal import Decimal
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
import django
django.setup()
from django.db import transaction
from regulars.identify.commerce.public import Line, Order, Product
from regulars.identify.customers.public import Customer, Identifier
from regulars.organization.public import Brand

brand = Brand.objects.create(slug="rows", name="Rows")
begun, done = time.perf_counter(), 0
with open(sys.argv[1], newline="") as file:
    for row in csv.DictReader(file):
        at = datetime.fromisoformat(row["InvoiceDate"]).replace(tzinfo=timezone.utc)
        with transaction.atomic():
            known = Identifier.objects.filter(
                brand=brand, kind="shop_id", value=row["CustomerID"]).first()
            if row["CustomerID"] and known is None:
                known = Identifier.objects.create(
                    brand=brand, kind="shop_id", value=row["CustomerID"], created_at=at, revision=1,
                    customer=Customer.objects.create(
                        brand=brand, public_id=f"cus_{done}", created_at=at, revision=1))
            product, _ = Product.objects.get_or_create(
                brand=brand, sku=row["StockCode"],
                defaults={"name": row["Description"], "revision": 1})
            worth = round(Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]) * 100)
            order, _ = Order.objects.get_or_create(
                brand=brand, source="rows", number=row["InvoiceNo"],
                defaults={"occurred_at": at, "placed_on": at.date(), "currency": "EUR",
                          "customer": known and known.customer, "net_minor": 0, "revision": 1})
            Line.objects.create(order=order, position=order.lines.count() + 1, product=product,
                                quantity=row["Quantity"], amount_minor=worth, revision=1)
            order.net_minor += worth
            order.save(update_fields=["net_minor"])
        done += 1
print(json.dumps({"lines": done, "seconds": time.perf_counter() - begun}))
"""


def measure(*, size: str) -> list[Figure]:
    most = SIZES[size][-1]
    figures = []
    with installation() as place:
        whole = _simulated(place, lines=most)
        floor = _bare_read(whole)
        for database in databases():
            seconds = [_imported(database, _first(whole, lines)) for lines in SIZES[size]]
            peer = _by_rows(database, _first(whole, SAMPLE))
            figures += _figures(database, SIZES[size], seconds, peer=peer, floor=floor)
    return figures


def _figures(database, sizes, seconds, *, peer, floor):
    rate, grown = sizes[-1] / seconds[-1], slope(sizes[-2:], seconds[-2:])
    least = LEAST.get(database, LEAST_ELSEWHERE)
    return [
        Figure(
            claim=f"S1 import orders, {database}, {sizes[-1]:,} lines",
            figure=rate,
            unit="lines/s",
            target=f"≥ {least:,}",
            peer=f"Django row by row {peer:,.0f} lines/s ({SAMPLE:,} lines)",
            ratio=rate / peer,
            met=rate >= least,
        ),
        Figure(
            claim=f"S1 of that, {database}, bare DuckDB only reads the file",
            figure=floor,
            unit="s",
            peer=f"whole import {seconds[-1]:.1f} s",
            ratio=seconds[-1] / floor,
        ),
        Figure(
            claim=f"S11 import orders, {database}, {sizes[-1]:,} lines against {sizes[-2]:,}",
            figure=grown,
            unit="×",
            target=f"≤ {MOST_GROWTH}",
            met=grown <= MOST_GROWTH,
        ),
    ]


def _simulated(place, *, lines):
    to = Path(place.folder) / "shop"
    place.regulars(
        "simulate", "--brand", "plain", "--size", str(lines // LINES_A_CUSTOMER),
        "--until", "2026-01-01", "--to", str(to), "--csv",
    )  # fmt: skip
    return to / "items.csv"


def _first(whole, lines):
    part = whole.with_name(f"items-{lines}.csv")
    with whole.open("rb") as file, part.open("wb") as copy:
        copy.writelines(itertools.islice(file, lines + 1))
    return part


def _imported(database, file):
    """Seconds of the command's own clock, from the file to the last commit."""
    with installation(database) as fresh:
        fresh.regulars("timeline", "readers")
        said = fresh.regulars(
            "import", "orders", str(file), "--brand", "bench", "--timezone", "UTC",
            "--currency", "EUR",
        )  # fmt: skip
    if said["refused"]:
        raise RuntimeError(f"{said['refused']} lines were refused: {said['refused_reasons']}")
    return said["seconds"]


def _by_rows(database, file):
    with installation(database) as fresh:
        fresh.regulars("timeline", "readers")
        done = subprocess.run(
            [sys.executable, "-c", BY_ROWS, str(file)],
            env=os.environ | fresh.environment,
            capture_output=True,
            text=True,
            check=True,
        )
    found = json.loads(done.stdout)
    return found["lines"] / found["seconds"]


def _bare_read(file):
    with duckdb.connect() as connection, clock() as watch:
        connection.execute(f"CREATE TABLE items AS FROM read_csv('{file}', all_varchar = true)")
    return watch.seconds
