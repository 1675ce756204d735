"""Bring a history into a brand, its sales as files, by the door that all files come in by."""

import gzip
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
from django.db import connection, transaction

from regulars.identify.commerce.public import place_orders
from regulars.identify.customers.public import (
    Identifier,
    Member,
    add_members,
    describe_people,
)
from regulars.identify.intake.public import (
    ImportKind,
    Options,
    choose_columns,
    receive,
    start_import,
)
from regulars.lake.public import next_revision
from regulars.organization.public import Branch, Brand, User, close_branch
from regulars.simulate.history import History, Run
from regulars.simulate.household import household_table
from regulars.simulate.identity import identity_table
from regulars.simulate.staff_fields import fields_as_json
from regulars.simulate.tables import order_numbers, sales_table
from regulars.work.public import Task, TaskState, run_task

PERSON = (
    "name", "email", "phone", "wechat_openid", "user_id", "city", "region", "postcode", "country",
    "address",
)  # fmt: skip
MAPPING = {
    "number": "order_number",
    "at": "ordered_at",
    "discount": "line_discount",
    **{
        name: name
        for name in (
            "member_number", "branch", "channel", "coupon", "shipping", "tax", "sku", "product",
            "category", "quantity", "amount", "refund_of", *PERSON,
        )
    },
}  # fmt: skip
Watch = Callable[[Task, str], None]
GZIP_LEVEL = 1  # the files are kept as long as their import can be undone
ROWS = 20_000  # sent to the database at once


class NotBroughtIn(Exception):
    """The import of simulated sales did not end well; its task says why."""


def load(
    history: History, *, brand: Brand, by: User | None, now: datetime, watch: Watch | None = None
) -> None:
    """Import a history into its open brand, run by run, so that no file is too large.

    ``watch`` hears how far the task of a run is, and which run that is. Doing it again changes
    nothing but to finish it. Raises NotBroughtIn.
    """
    identity = identity_table(history)
    parts = history.parts
    for part, run in enumerate(history.runs(), start=1):
        which = f"{part} / {parts}" if parts > 1 else ""
        told = partial(_told, watch, which) if watch else None
        _bring_in(history, run, identity, which, brand=brand, by=by, now=now, watch=told)
        _place(history, run, brand)
    _describe(history, identity, brand)
    _close_branches(history, brand, by=by, now=now)


def _close_branches(history: History, brand: Brand, *, by: User | None, now: datetime) -> None:
    days = {one.place: one.days for one in history.shop.upheavals if one.place}
    for branch in Branch.objects.filter(brand=brand, code__in=days, closed_on=None):
        at = history.until - timedelta(days=days[branch.code])
        close_branch(branch, on=at.astimezone(brand.zone).date(), by=by, now=now)


def _told(watch: Watch, which: str, task: Task) -> None:
    watch(task, which)


def _bring_in(
    history: History,
    run: Run,
    identity: pa.Table,
    which: str,
    *,
    brand: Brand,
    by: User | None,
    now: datetime,
    watch: Callable[[Task], None] | None,
) -> None:
    with tempfile.TemporaryDirectory(prefix="regulars-simulated-") as folder:
        path = Path(folder) / f"{brand.slug}{which.partition(' ')[0]}.csv.gz"
        _write(history, run, identity, path)
        with path.open("rb") as file:
            imported = receive(
                file,
                brand=brand,
                kind=ImportKind.ORDERS,
                name=path.name,
                by=by,
                now=now,
            )
        options = Options(timezone="UTC", decimal="point")
        choose_columns(imported, mapping=MAPPING, options=options)
    task = run_task(start_import(imported, by=by, now=now), watch=watch)
    if task.state != TaskState.DONE:
        raise NotBroughtIn(task.error)


def _write(history: History, run: Run, identity: pa.Table, path: Path) -> None:
    persons = identity.select(["member_number", *PERSON])
    table = sales_table(history, run).join(persons, keys="member_number")
    with gzip.open(path, "wb", compresslevel=GZIP_LEVEL) as stream:
        pacsv.write_csv(table.sort_by([("ordered_at", "ascending")]), stream)


def _place(history: History, run: Run, brand: Brand) -> None:
    """Tell where people bought, which order files do not tell of orders on the web."""
    branches = _branches(brand)
    place_ids = [branches[place.code] for place in history.shop.places]
    names = order_numbers(history, run.orders.number).to_pylist()
    rows = zip(names, (place_ids[place] for place in run.branch.tolist()), strict=True)
    with transaction.atomic():
        revision = next_revision()
        with _temporary("simulated_order", "number text, branch_id bigint", rows):
            place_orders(brand=brand, orders="simulated_order", revision=revision)


def _branches(brand: Brand) -> dict[str, int]:
    return dict(Branch.objects.filter(brand=brand).values_list("code", "pk"))


def _describe(history: History, identity: pa.Table, brand: Brand) -> None:
    """Tell what order files do not tell: who the people are."""
    branches = _branches(brand)
    with transaction.atomic():
        revision = next_revision()
        columns = (
            "member_number text, gender text, born_on date, language text, interests jsonb, "
            "source text, branch_id bigint, fields jsonb"
        )
        with _temporary("simulated_person", columns, _persons(history, identity, branches)):
            describe_people(brand=brand, people="simulated_person", revision=revision)
        _add_households(history, brand)


def _persons(
    history: History, identity: pa.Table, branches: dict[str, int]
) -> Iterator[tuple[Any, ...]]:
    fields = fields_as_json(history).to_pylist()
    names = ("member_number", "gender", "born_on", "language", "interests", "source", "branch")
    columns = (identity[name].to_pylist() for name in names)
    for number, gender, born, language, interests, source, branch, own in zip(
        *columns, fields, strict=True
    ):
        told = json.dumps(interests or [], ensure_ascii=False)
        day = born.isoformat() if born else None
        yield number, gender or "", day, language, told, source, branches[branch], own


def _add_households(history: History, brand: Brand) -> None:
    numbers = Identifier.objects.filter(brand=brand, kind="member_number")
    owners = dict(numbers.values_list("value", "customer_id"))
    if numbers.filter(customer__household__isnull=False).exists():
        return
    rows = household_table(history).to_pylist()
    add_members(
        (owners[row["member_number"]], _member(row))
        for row in rows
        if row["member_number"] in owners
    )


def _member(row: dict[str, Any]) -> Member:
    return Member(
        kind=row["kind"],
        name=row["name"] or "",
        species=row["species"] or "",
        born_on=row["born_on"],
        stage=row["stage"] or "",
    )


@contextmanager
def _temporary(name: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[None]:
    blanks = ", ".join(["%s"] * len(columns.split(",")))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns})")
        rest = iter(rows)
        while some := list(islice(rest, ROWS)):
            cursor.executemany(f"INSERT INTO {name} VALUES ({blanks})", some)  # noqa: S608
        cursor.execute(f"CREATE UNIQUE INDEX {name}_key ON {name} ({columns.split()[0]})")
        yield
        cursor.execute(f"DROP TABLE {name}")
