"""Bring the lake to where the database is."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from django.utils import timezone

from regulars.lake.advance import Advance, Progress
from regulars.lake.engine import FailedRead, engine
from regulars.lake.exclusion import only_writer
from regulars.lake.mirrors import Mirror, mirrors, shape
from regulars.lake.models import Snapshot
from regulars.lake.place import under
from regulars.lake.revisions import horizon, last_revision
from regulars.lake.snapshots import home_of, keep, latest_snapshot
from regulars.lake.source import committed_view
from regulars.lake.source.view import View
from regulars.lake.tables import LakeTable

DAMAGE = (DeltaError, FailedRead)

log = logging.getLogger(__name__)


def catch_up(*, progress: Progress | None = None) -> Snapshot:
    """Mirror everything committed by now, in this process, and return the snapshot that shows it.

    Waits while another process fills the lake. ``progress`` hears the table and its rows so far.
    Raises InTransaction inside ``transaction.atomic()``.
    """
    with only_writer():
        return _follow(progress)


def follow() -> Snapshot | None:
    """Mirror what is new, unless another process is at it: then return None at once."""
    if (last := latest_snapshot()) and _is_current(last):
        return keep(last, at=timezone.now())
    with only_writer(wait=False) as alone:
        return _follow(None) if alone else None


def rebuild(*, progress: Progress | None = None) -> Snapshot:
    """Fill the lake from nothing, whatever it held, and return the snapshot that shows it.

    Readers see what there was until the new one is whole. Raises InTransaction.
    """
    with only_writer():
        return _fill(_new_generation(latest_snapshot()), progress)


def show_newest(generation: str) -> None:
    """Let readers open the newest versions, when files were replaced and no fact has changed."""
    with only_writer():
        _fill(generation, None)


def _follow(progress: Progress | None) -> Snapshot:
    last = latest_snapshot()
    if last is None or last.shape != shape():
        return _fill(_new_generation(last), progress)
    if _is_current(last):
        return keep(last, at=timezone.now())
    try:
        with advanced(last.generation, since=last, progress=progress) as now:
            return now.snapshot
    except DAMAGE as error:
        log.warning("the lake is damaged and is filled anew: %s", error)
        return _fill(_new_generation(last), progress)


def heal() -> bool:
    """Fill the lake anew if a table is missing or cannot be opened; tell whether there is a lake.

    A pass opens the tables with news only; somebody may have emptied a folder.
    """
    last = latest_snapshot()
    if last is None:
        return False
    try:
        for name in last.versions:
            LakeTable(under(last.generation, name), mirrors()[name])
    except DAMAGE as error:
        log.warning("the lake is damaged and is filled anew: %s", error)
        rebuild()
    return True


def _is_current(last: Snapshot) -> bool:
    return last.shape == shape() and last.revision == last_revision()


def _new_generation(last: Snapshot | None) -> str:
    """Name a folder for tables filled from nothing, in the home of this installation."""
    home = home_of(last) if last else secrets.token_hex(4)
    return f"{home}/{timezone.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def _fill(generation: str, progress: Progress | None) -> Snapshot:
    with advanced(generation, progress=progress) as now:
        return now.snapshot


@dataclass(frozen=True, kw_only=True)
class Now:
    """The lake and the database at one moment; ``tables`` are those that were looked at."""

    snapshot: Snapshot
    view: View
    tables: dict[str, LakeTable]


@contextmanager
def advanced(
    generation: str, *, since: Snapshot | None = None, progress: Progress | None = None
) -> Iterator[Now]:
    """Bring the tables of a generation to one view of the database, and give both.

    Everything up to the snapshot's revision is in the view. What was committed later and is in it
    comes along, so that the tables agree with each other; the next pass knows it by its revisions
    and leaves it out. Tables in which nothing is new ``since`` a snapshot are left as they are.
    """
    limit, at = horizon(), timezone.now()
    with committed_view() as view, engine() as connection:
        names = _with_news(view, since) if since else mirrors()
        tables = {
            name: open_table(generation, mirrors()[name], create=since is None) for name in names
        }
        for table in tables.values():
            Advance(view=view, connection=connection, table=table, progress=progress).to(limit)
        versions = {name: table.version for name, table in tables.items()}
        made = Snapshot(
            generation=generation,
            shape=shape(),
            revision=limit,
            versions=(since.versions if since else {}) | versions,
        )
        yield Now(snapshot=keep(made, at=at), view=view, tables=tables)


def _with_news(view: View, since: Snapshot) -> list[str]:
    asked = ", ".join(one.anything_new(after=since.revision) for one in mirrors().values())
    return [name for name, new in zip(mirrors(), view.row(f"SELECT {asked}"), strict=True) if new]


def open_table(generation: str, mirror: Mirror, *, create: bool = False) -> LakeTable:
    """Open the newest version of a mirrored table; ``create`` it if it is not there."""
    uri = under(generation, mirror.table)
    if not create or DeltaTable.is_deltatable(uri):
        return LakeTable(uri, mirror)
    return LakeTable.create(uri, mirror)
