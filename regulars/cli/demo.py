"""``regulars demo``: a living shop to look at."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone
from rich.panel import Panel

from regulars.cli.console import AsJson, Refused, answer, console, say
from regulars.cli.preparing import ensure_migrated
from regulars.cli.serve import address, refuse_taken, serve_all
from regulars.organization.public import Brand
from regulars.simulate.public import Demo, demo_in, prepare_demo

app = typer.Typer()


@app.command()
def demo(
    *,
    serve: Annotated[bool, typer.Option("--serve", help="Serve it when it is ready.")] = False,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    as_json: AsJson = False,
) -> None:
    """Prepare two simulated shops, with staff for every role; once, a restart takes them up again.

    Example: `regulars demo --serve`
    """
    folder = Path(settings.REGULARS_DATA)
    if serve:
        refuse_taken(host, port)
    ensure_migrated()
    _refuse_occupied(folder)
    ready = prepare_demo(folder, now=timezone.now(), say=say)
    if as_json:
        answer({"owner": ready.owner, "password": ready.password, "until": ready.until})
    else:
        _show(ready, address(host, port))
    if serve:
        serve_all(host=host, port=port)


def _refuse_occupied(folder: Path) -> None:
    if demo_in(folder) is None and Brand.objects.exists():
        raise Refused(
            f"There is a shop in {folder} already. Name another folder for the demo, "
            "as in REGULARS_DATA=/tmp/demo regulars demo."
        )


def _show(demo: Demo, where: str) -> None:
    lines = f"{where}\n\n{demo.owner}\n{demo.password}"
    console.print(Panel.fit(lines, title="Regulars 回头客", subtitle="sign in · 登录"))
