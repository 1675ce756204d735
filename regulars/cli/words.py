"""The words of the command line: which module says each, and what it does in a sentence.

A start imports the module of the word that was typed, and no other.
"""

from dataclasses import dataclass
from importlib import import_module

import django
import typer


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A command, or a ``group`` of them; ``light`` when its module is imported without Django."""

    module: str
    does: str
    group: bool = False
    light: bool = False


WORDS = {
    "serve": Word(
        module="serve",
        does="Serve the console, and do the work behind it, with one command.",
        light=True,
    ),
    "worker": Word(
        module="worker",
        does="Do duties and tasks: readers, the lake, metrics, imports. Start as many as you like.",
    ),
    "demo": Word(
        module="demo",
        does="Make two simulated shops with staff for every role; a second time, "
        "take them up again.",
        light=True,
    ),
    "metrics": Word(
        module="metrics",
        does="Compute a brand's metrics: visits, money, the sixteen cells, the active window.",
    ),
    "explore": Word(
        module="explore",
        does="Ask any measure by any dimension.",
    ),
    "simulate": Word(
        module="simulate",
        does="Simulate a shop into a brand of this installation, or with --to into files.",
    ),
    "verify": Word(
        module="verify",
        does="Check what must be true of the facts, from end to end; exit code 1 when something "
        "is not.",
    ),
    "manage": Word(
        module="manage",
        does="Run one of Django's own commands, such as `regulars manage migrate`.",
    ),
    "export": Word(module="export", does="Write facts to files.", group=True),
    "import": Word(
        module="imports", does="Bring in files of orders, customers and products.", group=True
    ),
    "lake": Word(module="lake", does="Look after the lake, the columnar mirror.", group=True),
    "segment": Word(
        module="segments", does="Which people are meant: how many, who, and why.", group=True
    ),
    "timeline": Word(
        module="timeline",
        does="See the readers of the timeline, and hand them events again.",
        group=True,
    ),
    "user": Word(
        module="users", does="Add people who may sign in, and say what they are.", group=True
    ),
    "value": Word(
        module="value", does="Fit and use the value models on a file of purchases.", group=True
    ),
}


def add_ready(app: typer.Typer, name: str) -> None:
    """Add a word, ready to run."""
    word = WORDS[name]
    if not word.light:
        django.setup()
    app.add_typer(
        import_module(f"regulars.cli.{word.module}").app, name=name if word.group else None
    )


def add_described(app: typer.Typer, name: str) -> None:
    """Add a stand-in for a word, which only says in the list what it does."""
    app.command(name, help=WORDS[name].does)(_nothing)


def _nothing() -> None:
    """Stand in for a command that is not asked for."""
