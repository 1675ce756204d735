"""Computed tables: one partition is replaced at a time, whole or not at all."""

from datetime import date

import ibis
import pyarrow as pa
import pytest

from regulars.lake.public import (
    NeverMirrored,
    NotInTheLake,
    ShapeChanged,
    catch_up,
    drop_computed,
    drop_partitions,
    partitions,
    reading,
    write_partition,
)

MONDAY, TUESDAY = date(2025, 11, 17), date(2025, 11, 18)


@pytest.fixture(autouse=True)
def _filled(lake):
    catch_up()


def rows(**columns: list[object]) -> pa.Table:
    return pa.table(columns)


def kept(table: str = "worth") -> list[dict[str, object]]:
    with reading() as lake:
        found = lake.computed(table).to_pyarrow().to_pylist()
    return sorted(found, key=lambda row: (row["as_of"], row["brand_id"], row["customer_id"]))


def test_a_partition_is_replaced_and_the_others_stay():
    write_partition("worth", rows(customer_id=[1, 2]), where={"brand_id": 1, "as_of": MONDAY})
    write_partition("worth", rows(customer_id=[3]), where={"brand_id": 2, "as_of": MONDAY})
    write_partition("worth", rows(customer_id=[9]), where={"brand_id": 1, "as_of": MONDAY})
    assert kept() == [
        {"customer_id": 9, "brand_id": 1, "as_of": MONDAY},
        {"customer_id": 3, "brand_id": 2, "as_of": MONDAY},
    ]


def test_a_question_of_the_lake_can_be_kept_and_may_carry_the_columns_of_its_partition():
    with reading() as lake:
        asked = lake.table("customers").aggregate(customer_id=ibis._.count())
        write_partition("worth", asked.mutate(brand_id=1), where={"brand_id": 1, "as_of": MONDAY})
    assert kept() == [{"customer_id": 0, "brand_id": 1, "as_of": MONDAY}]


def test_an_open_reading_keeps_what_it_saw():
    where = {"brand_id": 1, "as_of": MONDAY}
    write_partition("worth", rows(customer_id=[1]), where=where)
    with reading() as lake:
        before = lake.computed("worth")
        write_partition("worth", rows(customer_id=[2]), where=where)
        assert before.customer_id.to_pyarrow().to_pylist() == [1]
    assert kept()[0]["customer_id"] == 2


def test_old_days_are_removed_and_the_rest_is_listed():
    for day in (MONDAY, TUESDAY):
        for brand in (1, 2):
            write_partition(
                "worth", rows(customer_id=[brand]), where={"brand_id": brand, "as_of": day}
            )
    drop_partitions("worth", where={"as_of": MONDAY})
    named = sorted(partitions("worth"), key=lambda one: one["brand_id"])
    assert named == [{"brand_id": 1, "as_of": TUESDAY}, {"brand_id": 2, "as_of": TUESDAY}]
    assert [row["as_of"] for row in kept()] == [TUESDAY, TUESDAY]


def test_a_new_column_is_null_in_older_partitions():
    write_partition("worth", rows(customer_id=[1]), where={"brand_id": 1, "as_of": MONDAY})
    write_partition(
        "worth", rows(customer_id=[1], score=[5]), where={"brand_id": 1, "as_of": TUESDAY}
    )
    assert [row["score"] for row in kept()] == [None, 5]


def test_another_type_is_refused_until_the_table_is_dropped():
    where = {"brand_id": 1, "as_of": MONDAY}
    write_partition("worth", rows(customer_id=[1]), where=where)
    with pytest.raises(ShapeChanged, match="customer_id"):
        write_partition("worth", rows(customer_id=["one"]), where=where)
    assert kept()[0]["customer_id"] == 1
    drop_computed("worth")
    write_partition("worth", rows(customer_id=["one"]), where=where)
    assert kept()[0]["customer_id"] == "one"


def test_what_was_never_computed_says_so():
    assert partitions("worth") == []
    with reading() as lake, pytest.raises(NotInTheLake):
        lake.computed("worth")


def test_nothing_is_computed_before_the_lake_is_filled():
    from regulars.lake.models import Snapshot

    Snapshot.objects.all().delete()
    with pytest.raises(NeverMirrored), reading():
        pass
    with pytest.raises(NeverMirrored):
        write_partition("worth", rows(customer_id=[1]), where={"brand_id": 1, "as_of": MONDAY})
