"""Two who bring the same file into a brand that nobody has opened yet, in the same moment."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE

import pytest
from django.conf import settings
from django.db import connection

from regulars.identify.commerce.public import Line, Order, Product
from regulars.identify.customers.public import Customer
from regulars.identify.intake.public import Import, ImportState
from regulars.lake.public import catch_up, differences
from regulars.organization.public import Brand
from regulars.work.public import claims, verify

ORDERS, PEOPLE, TEAS = 400, 60, 12


@pytest.fixture
def environment(lake: Path, tmp_path: Path) -> Mapping[str, str]:
    """The variables by which another process finds the database and the lake of this test."""
    told = {"REGULARS_DATA": str(settings.REGULARS_DATA), "REGULARS_LAKE": str(lake)}
    known = connection.settings_dict
    if connection.vendor == "postgresql":
        who = f"{known['USER']}:{known['PASSWORD']}@" if known["USER"] else ""
        place = f"{known['HOST']}:{known['PORT'] or 5432}"
        return {**told, "DATABASE_URL": f"postgresql://{who}{place}/{known['NAME']}"}
    (tmp_path / "regulars.sqlite3").symlink_to(Path(known["NAME"]).absolute())
    return {**told, "DATABASE_URL": ""}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        f"{number},p{number % PEOPLE}@example.com,Tea {tea},2026-0{1 + number % 9}-11,1,4.50"
        for number in range(ORDERS)
        for tea in {number % TEAS, number % 7}
    ]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["Order,Customer,Product,Date,Quantity,Price", *rows]))
    return path


def test_two_first_imports_of_a_file_at_once_bring_it_in_once(
    environment: Mapping[str, str], file: Path
) -> None:
    said = ["import", "orders", str(file), "--brand", "kiosk", "--timezone", "UTC"]
    command = [Path(sys.executable).with_name("regulars"), *said, "--currency", "EUR"]
    both = [
        subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=PIPE, stderr=PIPE, text=True
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sum("Brand kiosk is new" in text for text in told) == 1, told

    brand = Brand.objects.get()
    assert Order.objects.filter(brand=brand).count() == ORDERS
    assert Customer.objects.filter(brand=brand).count() == PEOPLE
    assert Product.objects.filter(brand=brand).count() == TEAS
    assert Line.objects.count() == len(file.read_text().splitlines()) - 1
    assert Import.objects.get().state == ImportState.DONE
    catch_up()
    assert list(differences()) == []
    assert [line for claim in claims() for line in verify(claim).findings] == []
