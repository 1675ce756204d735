"""``regulars timeline``: see the readers, and hand them events again."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rich.table import Table

from regulars.cli.console import AsJson, Misused, answer, refusing, show
from regulars.cli.preparing import ensure_migrated
from regulars.identify.timeline.public import (
    Lag,
    NotReplayable,
    UnknownReader,
    catch_up,
    lags,
    replay,
    retry_all,
)

app = typer.Typer(help="See the readers of the timeline, and hand them events again.")

Name = Annotated[str, typer.Argument(metavar="READER", help="As `regulars timeline readers` says.")]


@app.command("readers")
def show_readers(*, json: AsJson = False) -> None:
    """Show how far each reader has read, and what it has set aside.

    Example: `regulars timeline readers --json`
    """
    ensure_migrated()
    if json:
        answer([_as_json(lag) for lag in lags()])
        return
    table = Table("reader", "waiting", "since", "set aside", "last moved", box=None)
    for lag in lags():
        since = "" if lag.waiting_since is None else f"{lag.waiting_since:%Y-%m-%d %H:%M:%S}"
        moved = f"{lag.moved_at:%Y-%m-%d %H:%M:%S}"
        table.add_row(lag.reader.name, str(lag.events), since, str(lag.set_aside), moved)
    show(table)


@app.command("replay")
def replay_reader(
    reader: Name,
    *,
    received_from: Annotated[
        str, typer.Option("--from", help="From when: an ISO date or time (UTC), or `beginning`.")
    ],
    json: AsJson = False,
) -> None:
    """Hand a reader again what was received since; a worker does so at once.

    Only for readers that declare that it does no harm: rewards and messages are never repeated.
    Example: `regulars timeline replay "count visits" --from 2026-03-01`
    """
    ensure_migrated()
    moment = None if received_from == "beginning" else _moment(received_from)
    with refusing(UnknownReader, by=Misused), refusing(NotReplayable):
        sequence = replay(reader, received_from=moment, now=timezone.now())
    if json:
        answer({"reader": reader, "sequence": sequence})
    else:
        show(f"{reader} goes on after event {sequence}.")


@app.command("retry")
def retry_reader(reader: Name, *, json: AsJson = False) -> None:
    """Hand a reader again the events it failed on. Exit code 1 when some fail again.

    Example: `regulars timeline retry "count visits"`
    """
    ensure_migrated()
    with refusing(UnknownReader, by=Misused):
        well, badly = retry_all(reader)
    if json:
        answer({"reader": reader, "well": well, "badly": badly})
    else:
        show(f"{well} went well, {badly} failed again.")
    raise typer.Exit(1 if badly else 0)


@app.command("read")
def read_now(*, json: AsJson = False) -> None:
    """Let every reader read all there is, here and now, beside any worker.

    Example: `regulars timeline read`
    """
    ensure_migrated()
    catch_up()
    found = lags()
    behind = [lag.reader.name for lag in found if lag.events]
    if json:
        answer([_as_json(lag) for lag in found])
    elif behind:
        show(f"Still behind, because another process reads: {', '.join(behind)}.")
    else:
        show(f"{len(found)} readers have read all there is.")


def _moment(words: str) -> datetime:
    try:
        moment = parse_datetime(words) or parse_datetime(f"{words}T00:00:00")
    except ValueError:
        moment = None
    if moment is None:
        raise Misused(f"{words!r} is no time: write 2026-03-01 or 2026-03-01T09:30:00+01:00.")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _as_json(lag: Lag) -> dict[str, object]:
    return {
        "reader": lag.reader.name,
        "sequence": lag.sequence,
        "waiting": lag.events,
        "waiting_since": lag.waiting_since,
        "set_aside": lag.set_aside,
        "moved_at": lag.moved_at,
    }
