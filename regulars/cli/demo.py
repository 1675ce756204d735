"""``regulars demo``: a living shop to look at."""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
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

app = typer.Typer()


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What the data folder remembers of a demo, so that a restart makes no second one."""

    password: str
    until: str
    owner: str = ""

    @property
    def ready(self) -> bool:
        return bool(self.owner)


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
    ensure_migrated()
    ready = _prepared(Path(settings.REGULARS_DATA) / "demo.json")
    if as_json:
        answer(asdict(ready))
    else:
        lines = f"{address(host, port)}\n\n{ready.owner}\n{ready.password}"
        console.print(Panel.fit(lines, title="Regulars 回头客", subtitle="sign in · 登录"))
    if serve:
        serve_all(host=host, port=port)


def _prepared(path: Path) -> Demo:
    """Return the demo of the data folder, made or finished when it is not ready."""
    found = _remembered(path)
    if found is None and Brand.objects.exists():
        raise Refused(
            f"There is a shop in {path.parent} already. Name another folder for the demo, "
            "as in REGULARS_DATA=/tmp/demo regulars demo."
        )
    begun = found or Demo(password=_password(), until=timezone.now().isoformat())
    if begun.ready:
        return begun
    _remember(path, begun)
    from regulars.simulate.public import make_demo  # a restart should not wait for it

    until = datetime.fromisoformat(begun.until)
    ready = replace(begun, owner=make_demo(password=begun.password, until=until, say=say))
    _remember(path, ready)
    return ready


def _password() -> str:
    """Make a password that can be read out: three groups of letters and digits."""
    plain = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(plain) for _ in range(4)) for _ in range(3))


def _remembered(path: Path) -> Demo | None:
    return Demo(**json.loads(path.read_text("utf-8"))) if path.exists() else None


def _remember(path: Path, demo: Demo) -> None:
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(demo), indent=1) + "\n", "utf-8")
