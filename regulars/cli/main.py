"""The ``regulars`` command."""

import os
from typing import Annotated

import django
import typer

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", pretty_exceptions_enable=False)


@app.callback()
def regulars() -> None:
    """Regulars turns one-time buyers into regulars."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
    django.setup()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context, command: Annotated[str, typer.Argument()]) -> None:
    """Run one of Django's own commands, such as `regulars manage migrate`."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["regulars manage", command, *context.args])


def main() -> None:
    app()
