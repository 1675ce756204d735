"""Bring the lake up to what a command has just written, so that what is asked next sees it."""

from regulars.cli.console import progress
from regulars.lake.public import catch_up


def mirror_now() -> None:
    with progress("mirroring") as tell:
        catch_up(progress=lambda table, rows: tell(rows, None, table))
