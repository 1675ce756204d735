"""Days on the command line."""

from datetime import date

import typer

WRITTEN = "YYYY-MM-DD"


def read_day(text: str) -> date:
    """Read a day. Raises BadParameter with an example."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"“{text}” is no day of the calendar; write one like 2026-01-31."
        ) from None
