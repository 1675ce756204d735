"""Processes that are killed, and processes that do the same at once."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from regulars.identify.commerce.public import Line, Order
from regulars.lake.public import catch_up, differences, latest_snapshot, next_revision, reading
from tests.people import NOW

CHILD = Path(__file__).with_name("child.py")


Answers = list[Any]
Ask = Callable[[list[str], float | None], Answers]


@contextmanager
def child() -> Iterator[Ask]:
    """Give a function that has works done side by side in processes of their own."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "regulars.config.settings",
        "REGULARS_DATA": str(settings.REGULARS_DATA),
        "REGULARS_LAKE": settings.REGULARS_LAKE,
    }
    told = json.dumps({"environment": environment, "database": connection.settings_dict["NAME"]})
    with subprocess.Popen(
        [sys.executable, str(CHILD), told], stdin=PIPE, stdout=PIPE, text=True
    ) as process:

        def ask(works: list[str], seconds: float | None = None) -> Answers:
            process.stdin.write(json.dumps([works, seconds]) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        assert json.loads(process.stdout.readline()) == "ready"
        yield ask


def state() -> tuple[int, int, int]:
    """Return what the database holds of products, in three numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(id), sum(price_minor) FROM commerce_product")
        return tuple(int(number or 0) for number in cursor.fetchone())


def shown() -> tuple[int, int, int]:
    with reading() as lake:
        rows = lake.table("products")
        found = rows.aggregate(n=rows.count(), ids=rows.id.sum(), worth=rows.price_minor.sum())
        return tuple(int(number or 0) for number in found.to_pyarrow().to_pylist()[0].values())


def stir(brand_id: int, chance: random.Random, *, rows: int) -> int:
    """Add, change and remove products in one change, by the thousand; return its revision."""
    with transaction.atomic(), connection.cursor() as cursor:
        revision = next_revision()
        cursor.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
            INSERT INTO commerce_product
                (brand_id, sku, name, maker, category, kind, goods, price_minor, revision)
            SELECT %s, %s || '-' || i, '', '', '', '', true, i, %s FROM n
            """,
            [rows, brand_id, revision, revision],
        )
        cursor.execute(
            "UPDATE commerce_product SET price_minor = price_minor + 1, revision = %s "
            "WHERE id %% 7 = %s",
            [revision, chance.randrange(7)],
        )
        gone = chance.randrange(11)
        cursor.execute(
            'INSERT INTO lake_removal ("table", row_id, revision) '
            "SELECT 'products', id, %s FROM commerce_product WHERE id %% 11 = %s",
            [revision, gone],
        )
        cursor.execute("DELETE FROM commerce_product WHERE id %% 11 = %s", [gone])
    return revision


def test_a_process_killed_anywhere_leaves_a_state_that_was_and_the_next_one_goes_on(lake, teahouse):
    chance = random.Random(1)
    works = ["catch_up", "rebuild", "compact"]
    was, answers, usual = {}, [], {}
    catch_up()
    with child() as ask:
        for kill in range(18):
            revision = stir(teahouse.pk, chance, rows=2_000)
            was[revision] = state()
            work = works[kill % 3]
            limit = chance.uniform(0, 1.2 * usual[work]) if work in usual else None
            answer, seconds = ask([work], limit)
            usual.setdefault(work, seconds)
            answers.append(answer)
            assert shown() == was.get(latest_snapshot().revision, (0, 0, 0))
    assert answers.count("ended by -9") > 5
    assert set(answers) <= {"done", "ended by -9"}
    catch_up()
    assert shown() == state()
    assert list(differences()) == []


def sell(brand_id: int, number: str) -> None:
    """Write an order of three lines in one change, and change an earlier one in another."""
    with transaction.atomic():
        revision = next_revision()
        order = Order.objects.create(
            brand_id=brand_id,
            source="test",
            number=number,
            occurred_at=NOW,
            placed_on=NOW.date(),
            currency="GBP",
            net_minor=300,
            revision=revision,
        )
        Line.objects.bulk_create(
            Line(order=order, position=n, quantity=1, amount_minor=100, revision=revision)
            for n in range(3)
        )
    with transaction.atomic():
        revision = next_revision()
        Order.objects.filter(pk=order.pk).update(net_minor=330, revision=revision)
        Line.objects.filter(order=order).update(amount_minor=110, revision=revision)


def sell_for(seconds: float, brand_id: int, seller: int) -> None:
    until, number = time.monotonic() + seconds, 0
    try:
        while time.monotonic() < until:
            number += 1
            sell(brand_id, f"{seller}-{number}")
    finally:
        connection.close()


def test_two_mirrors_and_two_readers_at_once_see_every_fact_once(lake, teahouse):
    sellers = [
        threading.Thread(target=sell_for, args=(3, teahouse.pk, seller)) for seller in range(3)
    ]
    with child() as ask:
        for seller in sellers:
            seller.start()
        *mirrors, one, other, _ = ask(["mirror 3", "mirror 3", "read 4", "read 4"])
        for seller in sellers:
            seller.join()
    readers = [json.loads(one), json.loads(other)]
    assert mirrors == ["done", "done"]
    assert [reader["wrong"] for reader in readers] == [0, 0]
    catch_up()
    assert Order.objects.count() > 20
    assert list(differences()) == []
