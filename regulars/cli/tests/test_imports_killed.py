"""``regulars import`` killed with -9 at every moment, started again: as if nothing had happened."""

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE

import pytest
from django.conf import settings
from django.db import connection

from regulars.identify.intake.public import Import, ImportState, latest_imports
from regulars.lake.public import differences
from regulars.organization.public import Brand, brand_called
from regulars.work.public import claims, verify
from tests.facts import facts

KILLABLE = Path(__file__).with_name("killable.py")
KILLED = -9
HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
SMALL = {"identify.intake.staging.orders:STEP_LINES": 400, "lake.withdrawal:PORTION": 300}

Regulars = Callable[..., int]


@pytest.fixture
def regulars(lake: Path) -> Iterator[Regulars]:
    """Give a function that runs the command in a process of its own, and returns how it ended."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "regulars.config.settings",
        "REGULARS_DATA": str(settings.REGULARS_DATA),
        "REGULARS_LAKE": settings.REGULARS_LAKE,
    }
    told = json.dumps({"environment": environment, "database": connection.settings_dict["NAME"]})
    command = [sys.executable, str(KILLABLE), told]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True) as process:

        def run(*words: str, dies: tuple[str, int, bool] | None = None) -> int:
            line = {"words": words, "dies": [dies] if dies else [], "values": SMALL}
            process.stdin.write(json.dumps(line) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        assert json.loads(process.stdout.readline()) == "ready"
        yield run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two thousand lines: orders, refunds of them, and some that are refused."""
    chance, rows = random.Random(4), [HEADER]
    for number in range(1, 701):
        day, person = f"2026-0{1 + number // 100 % 7}-1{number % 9}", chance.randint(1, 90)
        for _ in range(chance.randint(1, 4)):
            sku = chance.randint(1, 40)
            rows.append(
                f"{number},S{sku},Thing {sku},{chance.randint(1, 5)},{day},2.50,{person},UK"
            )
        if number % 4 == 0:
            rows.append(f"C{number},S{sku},Thing {sku},-1,{day},2.50,{person},UK")
        if number % 50 == 0:
            rows.append(f"X{number},S{sku},Thing {sku},x,{day},2.50,{person},UK")
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(rows))
    return path


def words(file: Path, brand: str) -> list[str]:
    return ["import", "orders", str(file), "--brand", brand, "--timezone", "UTC"]


def brand(slug: str) -> Brand:
    found = brand_called(slug)
    assert found is not None
    return found


def books_balance() -> None:
    found = [(claim.name, line) for claim in claims() for line in verify(claim).findings]
    assert found == []
    assert list(differences()) == []


IMPORT_DIES = [
    ("cli.imports:choose_columns", 1, True),
    ("identify.intake.preparation:keep_refused", 1, True),
    ("identify.intake.preparation:keep_facts", 1, False),
    ("identify.intake.loading.products:make_products", 1, False),
    ("identify.intake.loading.people:register_people", 1, False),
    ("identify.intake.loading.orders:record_orders", 1, False),
    ("identify.intake.loading.orders:match_written", 2, False),
    ("identify.intake.loading.orders:record_refunds", 1, True),
    ("identify.intake.loading.orders:match_written", 1, False),
    ("identify.intake.running:settle", 1, True),
    ("identify.intake.finishing:write_refused", 1, False),
    ("identify.intake.running:clear_up", 1, True),
]
UNDO_DIES = [
    ("identify.intake.undo_phases:withdraw_refunds", 1, False),
    ("identify.intake.undo_phases:withdraw_orders", 2, False),
    ("identify.intake.undoing:once", 3, False),
    ("identify.intake.undo_phases:withdraw_products", 1, True),
    ("identify.intake.undo_phases:withdraw_people", 1, False),
]


def test_an_import_and_its_undo_survive_every_kill(regulars, file):
    assert regulars(*words(file, "clean")) == 0
    for moment in IMPORT_DIES:
        assert regulars(*words(file, "killed"), dies=moment) == KILLED, moment
    assert regulars(*words(file, "killed")) == 0

    clean, killed = facts(brand("clean")), facts(brand("killed"))
    assert {what: len(rows) for what, rows in killed.items()} == {
        what: len(rows) for what, rows in clean.items()
    }
    assert killed == clean
    [first] = latest_imports(brand=brand("clean"))
    done = [one for one in latest_imports(brand=brand("killed")) if one.state == ImportState.DONE]
    assert done[-1].counts == first.counts
    books_balance()

    number = str(done[-1].pk)
    for moment in UNDO_DIES:
        assert regulars("import", "undo", number, dies=moment) == KILLED, moment
    assert regulars("import", "undo", number) == 0
    assert not any(facts(brand("killed")).values())
    assert Import.objects.get(pk=number).counts["undo"]["orders"] == len(clean["orders"])
    books_balance()
