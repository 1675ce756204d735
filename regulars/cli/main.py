"""The ``regulars`` command. One module per word; each has an ``app``."""

import os
import sys

import django
import typer

from regulars.cli.console import Refused, console, say
from regulars.config.env import BadSetting

VERSION_ASKED = {"--version", "version"}


def commands() -> typer.Typer:
    """Put the commands together; Django must be set up, for they import models."""
    from regulars.cli import (
        demo,
        export,
        imports,
        lake,
        manage,
        metrics,
        serve,
        simulate,
        timeline,
        users,
        value,
        verify,
        worker,
    )

    app = typer.Typer(
        name="regulars",
        help="Regulars turns one-time buyers into regulars.",
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
    )
    for module in (serve, worker, demo, metrics, simulate, verify, manage):
        app.add_typer(module.app)
    app.add_typer(export.app, name="export")
    app.add_typer(imports.app, name="import")
    app.add_typer(lake.app, name="lake")
    app.add_typer(timeline.app, name="timeline")
    app.add_typer(users.app, name="user")
    app.add_typer(value.app, name="value")
    return app


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
    if sys.argv[1:2] and sys.argv[1] in VERSION_ASKED:
        from importlib.metadata import version

        sys.stdout.write(f"regulars {version('regulars')}\n")
        return
    try:
        django.setup()
        commands()()
    except (BadSetting, Refused) as error:
        say(f"regulars: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        console.print("interrupted")
        sys.exit(130)
