"""Compare the lake with the database, column by column, by sums over both."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
from django.db import connection

from regulars.lake.engine import engine
from regulars.lake.exclusion import only_writer
from regulars.lake.following import advanced
from regulars.lake.mirrors import Mirror
from regulars.lake.scanning import valid_rows
from regulars.lake.snapshots import current
from regulars.lake.source.view import View
from regulars.lake.tables import LakeTable
from regulars.lake.workbench import Workbench

DAYS = {
    "postgresql": "({} AT TIME ZONE 'UTC')::date - DATE '1970-01-01'",
    "sqlite": "julianday(substr({}, 1, 10)) - 2440587.5",
    "lake": "CAST({} AS date) - DATE '1970-01-01'",
}
DATES = DAYS | {"postgresql": "{} - DATE '1970-01-01'"}
TOLERANCE = Decimal("0.5")  # of the thousandths by which fractions are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A measure of a table on which the database and the lake do not agree."""

    table: str
    measure: str
    database: object
    lake: object

    def __str__(self) -> str:
        return f"{self.table}: {self.measure} is {self.database}, in the lake {self.lake}"


def differences() -> Iterator[Difference]:
    """Bring the lake up to date, and find what it says otherwise than the database.

    Compares how many rows there are, and for every column how many are not null and a sum: of
    numbers their values, of texts their lengths, of days and instants the day. Both sides are
    looked at in the same moment. Raises NeverMirrored.
    """
    with only_writer(), advanced(current().generation) as now, engine() as lake:
        for table in now.tables.values():
            yield from _compared(now.view, lake, table)


def _compared(view: View, lake: Workbench, table: LakeTable) -> Iterator[Difference]:
    mirror = table.mirror
    here = view.row(_question(mirror, f"({mirror.sql})", connection.vendor))
    there = lake.execute(_question(mirror, f"({valid_rows(lake, table)})", "lake")).fetchone()
    for measure, database, shown in zip(_measures(mirror), here, there or (), strict=True):
        if abs(_number(database) - _number(shown)) > TOLERANCE:
            yield Difference(table=mirror.table, measure=measure, database=database, lake=shown)


def _number(value: object) -> Decimal:
    return Decimal(str(value or 0))


def _measures(mirror: Mirror) -> list[str]:
    each = (
        f"{kind} {name}" for name in mirror.schema.names for kind in ("the number of", "sum of")
    )
    return ["the number of rows", *each]


def _question(mirror: Mirror, rows: str, dialect: str) -> str:
    asked = ["count(*)"]
    for field in mirror.schema:
        asked += [f"count({field.name})", f"sum({_summed(field, dialect)})"]
    return f"SELECT {', '.join(asked)} FROM {rows} AS held"


def _summed(field: pa.Field, dialect: str) -> str:
    kind, name = field.type, field.name
    if pa.types.is_string(kind):
        return f"length({name})"
    if pa.types.is_boolean(kind):
        return f"CASE WHEN {name} THEN 1 ELSE 0 END"
    if pa.types.is_floating(kind):
        return f"round({name} * 1000)"
    if pa.types.is_date(kind):
        return DATES[dialect].format(name)
    if pa.types.is_timestamp(kind):
        return DAYS[dialect].format(name)
    return f"CAST({name} AS decimal)" if dialect == "postgresql" else name
