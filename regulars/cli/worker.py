"""``regulars worker``: do what has to be done, until told to stop."""

from typing import Annotated

import typer

from regulars.cli.preparing import ensure_migrated
from regulars.cli.work_loop import work

app = typer.Typer()


@app.command()
def worker(
    tasks: Annotated[int, typer.Option(min=0, help="How many tasks to run at once.")] = 1,
) -> None:
    """Do duties and tasks: readers, the lake, metrics, imports. Start as many as you like.

    Example: `regulars worker --tasks 2`
    """
    ensure_migrated()
    work(tasks=tasks)
