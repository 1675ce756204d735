"""Fresh installations to measure in: a folder of their own, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


class CommandFailed(Exception):
    """A ``regulars`` command that a measurement needs did not succeed."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder and a database nobody else uses; ``environment`` leads a process there."""

    database: str
    folder: Path
    environment: dict[str, str]

    def regulars(self, *arguments: str) -> Any:
        """Run ``regulars … --json`` here and return what it says."""
        done = subprocess.run(
            [_regulars(), *arguments, "--json"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CommandFailed(f"regulars {' '.join(arguments)}: {done.stderr[-2000:]}")
        return json.loads(done.stdout)

    def program(self, words: str) -> None:
        """Run a few words of Python here."""
        settings = {"DJANGO_SETTINGS_MODULE": "regulars.config.settings"}
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {words}"],
            env=self.environment | settings,
            check=True,
        )


def databases() -> list[str]:
    """Name the kinds of database to measure: PostgreSQL where DATABASE_URL names a server."""
    return [SQLITE, POSTGRESQL] if os.environ.get("DATABASE_URL") else [SQLITE]


@contextmanager
def installation(database: str = SQLITE) -> Iterator[Installation]:
    """Make a fresh installation, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="regulars-bench-") as name:
        environment = {**os.environ, "REGULARS_DATA": name, "DATABASE_URL": ""}
        if database == SQLITE:
            yield Installation(database, Path(name), environment)
            return
        with _fresh_database(os.environ["DATABASE_URL"]) as url:
            environment["DATABASE_URL"] = url
            yield Installation(database, Path(name), environment)


@contextmanager
def _fresh_database(server: str) -> Iterator[str]:
    name = f"bench_{uuid.uuid4().hex[:12]}"
    parts = urlsplit(server)
    admin = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _regulars() -> str:
    return str(Path(sys.executable).with_name("regulars"))
