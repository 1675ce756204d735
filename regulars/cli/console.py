"""How commands speak: the result on stdout, for people or as JSON; all else on stderr."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from regulars.cli.saying import Misused, Refused, say

__all__ = [
    "AsJson",
    "Misused",
    "Refused",
    "Tell",
    "answer",
    "progress",
    "refusing",
    "say",
    "show",
    "waiting",
]

WIDE = 160  # columns of a page that goes into a file or a pipe

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, and only that.")]

Tell = Callable[[int, int | None, str], None]

_remarks = Console(stderr=True, highlight=False)


def answer(result: Any) -> None:
    """Print the result for a machine."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, default=str, indent=2) + "\n")


def show(*results: RenderableType) -> None:
    """Print results for a person: a sentence as it stands, a table as wide as the place allows."""
    for result in results:
        if isinstance(result, str):
            sys.stdout.write(f"{result}\n")
        else:
            _page().print(result)


def _page() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)


@contextmanager
def refusing(*errors: type[Exception], by: type[Refused] = Refused) -> Iterator[None]:
    """Turn these exceptions of a front door into a refusal with the same sentence."""
    try:
        yield
    except errors as error:
        sentences = getattr(error, "messages", None) or [str(error) or type(error).__name__]
        raise by(" ".join(sentences)) from error


@contextmanager
def waiting(doing: str) -> Iterator[None]:
    """Show that something is being done, whose length nobody knows."""
    with _remarks.status(doing):
        yield


@contextmanager
def progress(doing: str) -> Iterator[Tell]:
    """Show a progress bar while the block runs; give the function that moves it."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=_remarks, transient=True) as bar:
        row = bar.add_task(doing, total=None)

        def tell(done: int, total: int | None, doing: str = "") -> None:
            bar.update(row, completed=done, total=total, description=doing or None)

        yield tell
