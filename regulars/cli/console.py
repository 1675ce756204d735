"""How commands speak: people read the error stream, machines read JSON on the other."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from regulars.cli.saying import Refused, say

__all__ = ["AsJson", "Refused", "Tell", "answer", "console", "progress", "refusing", "say"]

console = Console(stderr=True, highlight=False)

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, and only that.")]

Tell = Callable[[int, int | None, str], None]


def answer(result: Any) -> None:
    """Print the result for a machine."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, default=str, indent=2) + "\n")


@contextmanager
def refusing(*errors: type[Exception]) -> Iterator[None]:
    """Turn these exceptions of a front door into a refusal with the same sentence."""
    try:
        yield
    except errors as error:
        sentences = getattr(error, "messages", None) or [str(error) or type(error).__name__]
        raise Refused(" ".join(sentences)) from error


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
    with Progress(*columns, console=console, transient=True) as bar:
        row = bar.add_task(doing, total=None)

        def tell(done: int, total: int | None, doing: str = "") -> None:
            bar.update(row, completed=done, total=total, description=doing or None)

        yield tell
