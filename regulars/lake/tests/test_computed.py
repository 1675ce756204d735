"""Computed tables: one partition is replaced at a time, whole or not at all."""

from datetime import date
from types import SimpleNamespace

import ibis
import pyarrow as pa
import pytest

from regulars.lake import computed, computed_files
from regulars.lake.public import (
    NeverMirrored,
    NotInTheLake,
    catch_up,
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
    return sorted(found, key=lambda row: (row["as_of"], row["brand_id"], row.get("customer_id")))


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


MADE_ANEW = {
    "another type": ({"customer_id": ["one"]}, {"brand_id": 1, "as_of": TUESDAY}),
    "a new column": ({"customer_id": [1], "score": [5]}, {"brand_id": 1, "as_of": TUESDAY}),
    "a column gone": ({"score": [5]}, {"brand_id": 1, "as_of": TUESDAY}),
    "another partition": ({"customer_id": [1]}, {"brand_id": 1}),
}


@pytest.mark.parametrize("change", MADE_ANEW)
def test_a_table_of_another_shape_is_made_anew(change: str, caplog: pytest.LogCaptureFixture):
    columns, where = MADE_ANEW[change]
    before = (
        {"customer_id": [7], "spent": [9]} if change == "a column gone" else {"customer_id": [7]}
    )
    write_partition("worth", rows(**before), where={"brand_id": 1, "as_of": MONDAY})
    write_partition("worth", rows(**columns), where=where)
    assert partitions("worth") == [where]
    with reading() as lake:
        assert lake.computed("worth").to_pyarrow().to_pylist() == [
            {name: values[0] for name, values in columns.items()} | where
        ]
    assert "is made anew" in caplog.text


def test_a_table_kept_in_another_form_counts_as_not_computed(declared):
    where = {"brand_id": 1, "as_of": MONDAY}
    write_partition("worth", rows(customer_id=[1]), where=where)
    declared("2")
    assert partitions("worth") == []
    drop_partitions("worth", where=where)
    with reading() as lake, pytest.raises(NotInTheLake):
        lake.computed("worth")
    write_partition("worth", rows(customer_id=[2]), where=where)
    assert [row["customer_id"] for row in kept()] == [2]


def test_killed_while_it_is_made_anew_a_table_is_made_by_the_next(declared, monkeypatch):
    where = {"brand_id": 1, "as_of": MONDAY}
    write_partition("worth", rows(customer_id=[1]), where=where)
    declared("2")
    with monkeypatch.context() as killed:
        killed.setattr(computed, "_commit", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_partition("worth", rows(score=["five"]), where=where)
    assert partitions("worth") == []
    assert kept() == []
    write_partition("worth", rows(score=["five"]), where=where)
    assert kept() == [{"score": "five", **where}]


def test_an_open_reading_survives_a_table_made_anew(declared):
    where = {"brand_id": 1, "as_of": MONDAY}
    write_partition("worth", rows(customer_id=[1]), where=where)
    with reading() as lake:
        before = lake.computed("worth")
        declared("2")
        write_partition("worth", rows(customer_id=["one"]), where=where)
        assert before.customer_id.to_pyarrow().to_pylist() == [1]


@pytest.fixture
def declared(monkeypatch):
    def in_form(form: str) -> None:
        known = computed_files._declarations()
        monkeypatch.setitem(known, "worth", SimpleNamespace(table="worth", form=form))

    return in_form


def interrupt(*told: object) -> None:
    raise KeyboardInterrupt


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
