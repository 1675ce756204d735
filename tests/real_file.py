"""A real shop's year beside the repository, imported once for all tests that ask about it."""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pandas as pd
import psycopg
import pytest

from tests.source import ROOT

FILE = ROOT.parent / "shared/data/online_retail/online_retail.csv.gz"
IMPORT = (
    "import", "orders", str(FILE), "--brand", "gifts", "--preset", "lines",
    "--timezone", "Europe/London", "--currency", "GBP",
)  # fmt: skip


@dataclass(frozen=True)
class RealShop:
    """An installation into which the command line brought the file, on the kind of the tests.

    ``counts`` is what the import said. Nobody may change its facts.
    """

    folder: Path
    database_url: str

    @property
    def counts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "counts.json").read_text())
        return found

    def regulars(self, *words: str) -> dict[str, Any]:
        """Run a command of the installation and return what it says to machines."""
        done = subprocess.run(
            [Path(sys.executable).with_name("regulars"), *words, "--json"],
            env={
                **os.environ, "REGULARS_DATA": str(self.folder), "DATABASE_URL": self.database_url
            },
            capture_output=True,
            text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"regulars {' '.join(words)}\n{done.stdout}{done.stderr}"
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def figure(self, question: str) -> int:
        """Ask the database itself for one whole number."""
        with closing(self._connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(question)
            return int(cursor.fetchone()[0])

    def _connection(self) -> Any:
        if self.database_url:
            return psycopg.connect(self.database_url)
        return sqlite3.connect(self.folder / "regulars.sqlite3")


@pytest.fixture(scope="session")
def real_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealShop]:
    """Import the file, or take what another process of the same run has imported."""
    if not FILE.exists():
        pytest.skip(f"the real file is not at {FILE}")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if worker else own) / "real-file"
    shop = RealShop(folder, _database_url(folder))
    with _alone(folder):
        (folder / f"used by {worker}").touch()
        if not (folder / "counts.json").exists():
            _make_database(shop.database_url)
            (folder / "counts.json").write_text(json.dumps(shop.regulars(*IMPORT)))
    yield shop
    with _alone(folder):
        (folder / f"used by {worker}").unlink()
        if not any(folder.glob("used by *")):
            shutil.rmtree(folder)
            _drop_database(shop.database_url)


@pytest.fixture(scope="session")
def real_lines() -> pd.DataFrame:
    """The file's lines as pandas reads them, with no code of the product.

    ``minor`` is what a line is worth in pence, half a penny rounded up, and ``units`` how many,
    both without a sign; ``back`` says what is a refund, ``refused`` what no shop can have sold. An
    order, and a refund, is of the moment of its first line: ``at``.
    """
    texts = ["InvoiceNo", "StockCode", "CustomerID"]
    lines = pd.read_csv(FILE, dtype=dict.fromkeys(texts, str), parse_dates=["InvoiceDate"])
    mills = (lines.UnitPrice * 1000).round().astype("int64")
    lines["units"] = lines.Quantity.abs()
    lines["minor"] = (lines.units * mills.abs() + 5) // 10
    lines["back"] = (lines.Quantity < 0) | lines.InvoiceNo.str.startswith("C")
    lines["refused"] = mills < 0
    lines["sku"] = lines.StockCode.str.strip()
    lines["at"] = lines.groupby(["InvoiceNo", "back"]).InvoiceDate.transform("min")
    return lines.sort_values(["at", "back", "InvoiceNo"], kind="stable")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder.mkdir(exist_ok=True)
        yield


def _database_url(folder: Path) -> str:
    """Name a database of this run, on the server of the tests; nothing for SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    name = f"real_file_{os.getuid()}_{folder.parent.name}".replace("-", "_")
    return server and urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _make_database(url: str) -> None:
    _drop_database(url)
    _on_server(url, "CREATE DATABASE")


def _drop_database(url: str) -> None:
    _on_server(url, "DROP DATABASE IF EXISTS")


def _on_server(url: str, deed: str) -> None:
    if url:
        parts = urlsplit(url)
        admin = urlunsplit(parts._replace(path="/postgres"))
        with psycopg.connect(admin, autocommit=True) as server:
            server.execute(f'{deed} "{parts.path[1:]}"'.encode())
