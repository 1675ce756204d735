"""Bring a history into a brand, its sales as a file, by the door that all files come in by."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
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
from regulars.organization.public import Branch, Brand, User
from regulars.simulate.history import History
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
Watch = Callable[[Task], None]


class NotBroughtIn(Exception):
    """The import of simulated sales did not end well; its task says why."""


def load(
    history: History, *, brand: Brand, by: User | None, now: datetime, watch: Watch | None = None
) -> None:
    """Import a history into its open brand. Doing it again changes nothing but to finish it."""
    identity = identity_table(history)
    with tempfile.TemporaryDirectory(prefix="regulars-simulated-") as folder:
        path = Path(folder) / f"{brand.slug}.csv"
        _write(history, identity, path)
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
    _complete(history, identity, brand)


def _write(history: History, identity: pa.Table, path: Path) -> None:
    persons = identity.select(["member_number", *PERSON])
    writer: pacsv.CSVWriter | None = None
    for run in history.runs():
        table = sales_table(history, run).join(persons, keys="member_number")
        if writer is None:
            writer = pacsv.CSVWriter(str(path), table.schema)
        writer.write_table(table.sort_by([("ordered_at", "ascending")]))
    if writer is not None:
        writer.close()


def _complete(history: History, identity: pa.Table, brand: Brand) -> None:
    """Tell what order files do not tell: who the people are, and where they bought."""
    branches = dict(Branch.objects.filter(brand=brand).values_list("code", "pk"))
    place_ids = [branches[place.code] for place in history.shop.places]
    with transaction.atomic():
        revision = next_revision()
        columns = (
            "member_number text, gender text, born_on date, language text, interests jsonb, "
            "source text, branch_id bigint, fields jsonb"
        )
        with _temporary("simulated_person", columns, _persons(history, identity, branches)):
            describe_people(brand=brand, people="simulated_person", revision=revision)
        with _temporary("simulated_order", "number text, branch_id bigint",
                        _places(history, place_ids)):  # fmt: skip
            place_orders(brand=brand, orders="simulated_order", revision=revision)
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


def _places(history: History, place_ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for run in history.runs():
        names = order_numbers(history, run.orders.number).to_pylist()
        for name, place in zip(names, run.branch.tolist(), strict=True):
            yield name, place_ids[place]


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
        cursor.executemany(f"INSERT INTO {name} VALUES ({blanks})", list(rows))  # noqa: S608
        cursor.execute(f"CREATE UNIQUE INDEX {name}_key ON {name} ({columns.split()[0]})")
        yield
        cursor.execute(f"DROP TABLE {name}")
