"""``regulars serve``: the web server, and by default one worker beside it."""

import json
import os
import socket
import sys
from typing import Annotated, NoReturn

import typer

from regulars.cli.address import address
from regulars.cli.saying import Refused, say

app = typer.Typer()


@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    web: Annotated[bool, typer.Option("--web", help="Only the web server, no worker.")] = False,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Web processes; by default as many as suit.")
    ] = None,
    access_log: Annotated[bool, typer.Option(help="Write a line for every request.")] = False,
) -> None:
    """Serve the console, and do the work behind it, with one command.

    Example: `regulars serve --host 0.0.0.0 --port 80`. In production run `regulars serve --web`
    and `regulars worker` apart, each as often as you like.
    """
    refuse_taken(host, port)
    if web:
        _serve_web_only(host=host, port=port, processes=processes, access_log=access_log)
    else:
        serve_all(host=host, port=port, processes=processes, access_log=access_log)


def serve_all(
    *, host: str, port: int, processes: int | None = None, access_log: bool = False
) -> NoReturn:
    """Become the supervisor of a web server, which prepares the database, and of a worker."""
    web = {"host": host, "port": port, "processes": processes, "access_log": access_log}
    children = json.dumps({"web": web, "worker": {"tasks": 1}})
    os.execv(sys.executable, [sys.executable, "-m", "regulars.cli.supervisor", children])  # noqa: S606 - ourselves


def _serve_web_only(*, host: str, port: int, processes: int | None, access_log: bool) -> None:
    import django

    django.setup()
    from regulars.cli.preparing import ensure_migrated
    from regulars.cli.web import serve_web

    ensure_migrated()
    say(f"Regulars listens at {address(host, port)}")
    serve_web(host=host, port=port, processes=processes, access_log=access_log)


def refuse_taken(host: str, port: int) -> None:
    """Raise Refused when somebody listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"Cannot listen at {host}:{port}: {error.strerror}. Name another with --port."
            ) from error
