"""``regulars demo``: a living shop to look at."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import django
import typer
from django.conf import settings
from rich.panel import Panel

from regulars.cli.address import address
from regulars.cli.console import AsJson, answer, show
from regulars.cli.demo_memory import remembered
from regulars.cli.serve import refuse_taken, serve_all

app = typer.Typer()


@app.command()
def demo(
    *,
    serve: Annotated[bool, typer.Option("--serve", help="Serve it when it is ready.")] = False,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    as_json: AsJson = False,
) -> None:
    """Make two simulated shops with staff for every role; a second time, take them up again.

    Example: `regulars demo --serve`
    """
    if serve:
        refuse_taken(host, port)
    path = Path(settings.REGULARS_DATA) / "demo.json"
    ready = remembered(path)
    if ready is None or not ready.ready:
        django.setup()  # a restart should not wait for it
        from regulars.cli.demo_making import finished

        ready = finished(path)
    if as_json:
        answer(asdict(ready))
    else:
        lines = f"{address(host, port)}\n\n{ready.owner}\n{ready.password}"
        show(Panel.fit(lines, title="Regulars 回头客", subtitle="sign in · 登录"))
    if serve:
        serve_all(host=host, port=port)
