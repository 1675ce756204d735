"""``regulars worker``: do what has to be done, until told to stop."""

import os
import signal
from typing import Annotated

import typer

from regulars.cli.console import say
from regulars.cli.preparing import ensure_migrated
from regulars.work.public import Worker

app = typer.Typer()


@app.command()
def worker(
    tasks: Annotated[int, typer.Option(min=0, help="How many tasks to run at once.")] = 1,
) -> None:
    """Do duties and tasks: readers, the lake, metrics, imports. Start as many as you like.

    Example: `regulars worker --tasks 2`
    """
    ensure_migrated()
    at_work = Worker(task_threads=tasks)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: at_work.stopping.set())
    say("worker: ready")
    if not at_work.run():
        say("worker: stopped in the middle of something; it will be taken up again")
        os._exit(0)
    say("worker: stopped")
