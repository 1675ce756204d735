"""``regulars manage``: Django's own commands."""

from typing import Annotated

import typer
from django.core.management import execute_from_command_line

app = typer.Typer()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context, command: Annotated[str, typer.Argument()]) -> None:
    """Run one of Django's own commands, such as `regulars manage migrate`."""
    execute_from_command_line(["regulars manage", command, *context.args])
