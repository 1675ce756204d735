"""The ``regulars`` command."""

import os
import sys
from collections.abc import Collection

import typer
from typer.main import get_command

from regulars.cli.console import Refused, say
from regulars.cli.help_page import speak_plainly
from regulars.cli.words import WORDS, add_described, add_ready
from regulars.config.env import BadSetting

VERSION_ASKED = {"--version", "version"}
COMPLETION = "_REGULARS_COMPLETE"  # set by the shell that wants to know how a word goes on


def commands(*, ready: Collection[str] = WORDS) -> typer.Typer:
    """Put the commands together; those that are not made ready only say what they do."""
    app = typer.Typer(
        name="regulars",
        help="Regulars turns one-time buyers into regulars.",
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
    )
    for name in WORDS:
        if name in ready:
            add_ready(app, name)
        else:
            add_described(app, name)
    return app


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
    if sys.argv[1:2] and sys.argv[1] in VERSION_ASKED:
        from importlib.metadata import version

        sys.stdout.write(f"regulars {version('regulars')}\n")
        return
    try:
        speak_plainly(get_command(commands(ready=_asked())))()
    except (BadSetting, Refused) as error:
        say(f"regulars: {error}")
        sys.exit(error.exit_code if isinstance(error, Refused) else 1)
    except Exception as error:  # noqa: BLE001 - a person is told in a sentence
        from regulars.cli.faults import sentence_of

        say(f"regulars: {sentence_of(error)}")
        sys.exit(1)


def _asked() -> Collection[str]:
    """Return the word that is typed: a start imports what it needs and no more."""
    return WORDS if COMPLETION in os.environ else set(sys.argv[1:2])
