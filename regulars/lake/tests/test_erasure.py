"""After an erasure no file of the lake holds the person."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.identify.customers.public import Customer
from regulars.lake.public import (
    Snapshot,
    catch_up,
    erase,
    latest_snapshot,
    reading,
    rebuild,
    write_partition,
)
from regulars.lake.tests.facts import change, odd_facts
from regulars.lake.tests.shown import assert_same

DAY = date(2025, 11, 20)
SECRET, PUBLIC = "has a cat named Schroedinger", "cus_GONE"


def files_with(text: str, lake: Path) -> list[Path]:
    """Return the files that hold a text, as bytes or inside a compressed column."""
    found = []
    for path in lake.rglob("*"):
        if not path.is_file():
            continue
        inside = text.encode() in path.read_bytes()
        if path.suffix == ".parquet":
            inside |= any(text in str(value) for value in pq.read_table(path).to_pylist())
        if inside:
            found.append(path)
    return found


@pytest.fixture
def alice(lake, teahouse, soho) -> Customer:
    odd_facts(teahouse, soho)
    customer = Customer.objects.order_by("-id").first()
    catch_up()
    change(Customer, customer.pk, fields={"note": SECRET}, public_id=PUBLIC)
    catch_up()
    rebuild()
    everybody = list(Customer.objects.values_list("id", flat=True))
    for day in (DAY, date(2025, 11, 19)):
        write_partition(
            "worth",
            pa.table({"customer_id": everybody, "score": [7] * len(everybody)}),
            where={"brand_id": teahouse.pk, "as_of": day},
        )
    write_partition("totals", pa.table({"orders": [1]}), where={"as_of": DAY})
    return customer


def test_an_anonymized_customer_is_in_no_file(alice, lake):
    assert files_with(SECRET, lake)
    assert files_with(PUBLIC, lake)
    change(Customer, alice.pk, fields={}, public_id="cus_nobody")
    erase(customer_ids=[alice.pk])
    assert files_with(SECRET, lake) == []
    assert files_with(PUBLIC, lake) == []
    assert_same()


def test_an_erased_customer_is_in_no_computed_table_and_the_others_stay(alice, lake):
    change(Customer, alice.pk, fields={}, public_id="cus_nobody")
    erase(customer_ids=[alice.pk])
    with reading() as opened:
        worth = opened.computed("worth").to_pyarrow().to_pylist()
        totals = opened.computed("totals").to_pyarrow().num_rows
    others = Customer.objects.exclude(pk=alice.pk).count()
    assert len(worth) == 2 * others
    assert alice.pk not in {row["customer_id"] for row in worth}
    assert totals == 1


def test_an_erasure_leaves_one_state_and_may_be_repeated(alice, lake):
    change(Customer, alice.pk, fields={}, public_id="cus_nobody")
    for _ in range(2):
        erase(customer_ids=[alice.pk])
        assert Snapshot.objects.get() == latest_snapshot()
        homes = [path for path in lake.iterdir() if path.is_dir()]
        assert len(homes) == 1
        assert {path.name for path in homes[0].iterdir()} == {
            "computed",
            latest_snapshot().generation.partition("/")[2],
        }
    assert_same()
