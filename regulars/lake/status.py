"""How the lake is: what it shows, how far behind it is, what it weighs."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from regulars.lake.following import open_table
from regulars.lake.mirrors import mirrors
from regulars.lake.models import Snapshot
from regulars.lake.reading import DUCKDB, SPARK
from regulars.lake.revisions import last_revision
from regulars.lake.snapshots import age, latest_snapshot
from regulars.lake.tables import LakeTable
from regulars.lake.unavailable import EngineUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStatus:
    """One mirrored table: its rows with those that hold no more, its files, its size in bytes."""

    name: str
    rows: int
    voids: int
    files: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """Who answers questions: duckdb or spark, where, and what is in its way as far as one sees."""

    name: str
    at: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LakeStatus:
    """The newest state of the lake; ``behind`` is how many revisions the database has beyond it."""

    snapshot: Snapshot
    age: timedelta
    behind: int
    tables: tuple[TableStatus, ...]
    engine: EngineStatus


def lake_status() -> LakeStatus | None:
    """Return how the lake is, or None when it was never filled."""
    snapshot = latest_snapshot()
    if snapshot is None:
        return None
    tables = (open_table(snapshot.generation, mirror) for mirror in mirrors().values())
    return LakeStatus(
        snapshot=snapshot,
        age=age(snapshot),
        behind=last_revision() - snapshot.revision,
        tables=tuple(_table(table) for table in tables),
        engine=engine_status(),
    )


def engine_status() -> EngineStatus:
    """Return who answers questions; Spark is looked for, and not started."""
    if settings.REGULARS_LAKE_ENGINE != SPARK:
        return EngineStatus(name=DUCKDB)
    from regulars.lake.spark.session import look_for_spark

    try:
        look_for_spark()
    except EngineUnavailable as error:
        return EngineStatus(name=SPARK, at=settings.REGULARS_SPARK, trouble=str(error))
    return EngineStatus(name=SPARK, at=settings.REGULARS_SPARK)


def _table(table: LakeTable) -> TableStatus:
    return TableStatus(
        name=table.mirror.table,
        rows=sum(file.rows for file in table.data),
        voids=sum(file.rows for file in table.voids),
        files=len(table.files),
        size=sum(file.size for file in table.files),
    )
