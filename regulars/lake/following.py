"""Bring the lake to where the database is."""

import secrets

from deltalake import DeltaTable
from django.utils import timezone

from regulars.lake.advance import Advance, Progress
from regulars.lake.engine import engine
from regulars.lake.exclusion import only_writer
from regulars.lake.mirrors import Mirror, mirrors
from regulars.lake.models import Snapshot
from regulars.lake.place import under
from regulars.lake.revisions import horizon
from regulars.lake.snapshots import home_of, keep, latest_snapshot
from regulars.lake.source import committed_view
from regulars.lake.tables import LakeTable


def catch_up(*, progress: Progress | None = None) -> Snapshot:
    """Mirror everything committed by now, in this process, and return the snapshot that shows it.

    Waits while another process fills the lake. ``progress`` hears the table and its rows so far.
    Raises InTransaction inside ``transaction.atomic()``.
    """
    with only_writer():
        return _follow(progress)


def follow() -> Snapshot | None:
    """Mirror what is new, unless another process is at it: then return None at once."""
    with only_writer(wait=False) as alone:
        return _follow(None) if alone else None


def new_generation(last: Snapshot | None) -> str:
    """Name a folder for tables filled from nothing, in the home of this installation."""
    home = home_of(last) if last else secrets.token_hex(4)
    return f"{home}/{timezone.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def _follow(progress: Progress | None) -> Snapshot:
    last = latest_snapshot()
    generation = last.generation if last else new_generation(None)
    limit, at = horizon(), timezone.now()
    versions = fill(generation, limit=limit, progress=progress)
    return keep(generation=generation, revision=limit, versions=versions, at=at)


def fill(generation: str, *, limit: int, progress: Progress | None) -> dict[str, int]:
    """Mirror into the tables of a generation; everything up to ``limit`` is committed already.

    What was committed later and is in the view comes along, so that tables agree with each other;
    the next pass knows it by its revisions and leaves it out.
    """
    versions = {}
    with committed_view() as view, engine() as connection:
        for name, mirror in mirrors().items():
            table = open_table(generation, mirror)
            Advance(view=view, connection=connection, table=table, progress=progress).to(limit)
            versions[name] = table.version
    return versions


def open_table(generation: str, mirror: Mirror) -> LakeTable:
    """Open the newest version of a mirrored table, made if it is not there."""
    uri = under(generation, mirror.table)
    if DeltaTable.is_deltatable(uri):
        return LakeTable(uri, mirror)
    return LakeTable.create(uri, mirror)
