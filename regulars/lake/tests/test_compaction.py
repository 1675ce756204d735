"""Compaction changes files and never facts; clearing deletes only what nobody opens."""

from pathlib import Path

import pytest
from django.db import transaction

from regulars.identify.commerce.public import Product
from regulars.lake import clearing, compaction, snapshots
from regulars.lake.following import open_table
from regulars.lake.mirrors import mirrors
from regulars.lake.public import catch_up, compact, latest_snapshot, next_revision, reading, rebuild
from regulars.lake.tables import LakeTable
from regulars.lake.tests.facts import change, odd_facts, remove
from regulars.lake.tests.shown import assert_same, in_the_lake


def products() -> LakeTable:
    return open_table(latest_snapshot().generation, mirrors()["products"])


@pytest.fixture
def churned(lake, teahouse, soho) -> Path:
    """A lake of many small files, with changes and removals."""
    odd_facts(teahouse, soho)
    catch_up()
    for n, product in enumerate(Product.objects.order_by("pk")[:4]):
        change(Product, product.pk, name=f"name {n}")
        catch_up()
    with transaction.atomic():
        extra = Product.objects.create(brand=teahouse, sku="extra", revision=next_revision())
    catch_up()
    remove("products", Product, extra.pk)
    catch_up()
    return lake


def test_compaction_drops_voids_and_joins_files_and_changes_no_fact(churned):
    assert products().voids
    cursor = products().cursor
    assert compact(thoroughly=True)["products"] > 2
    assert not products().voids
    assert len(products().data) == 1
    assert products().cursor == cursor
    assert_same()


def test_there_is_nothing_to_compact_twice(churned):
    compact(thoroughly=True)
    assert compact(thoroughly=True) == {}


def test_the_mirror_goes_on_after_a_compaction(churned):
    compact(thoroughly=True)
    change(Product, Product.objects.first().pk, name="changed after")
    catch_up()
    assert_same()


def test_little_disorder_is_left_alone(churned):
    assert compact() == {}


def test_many_files_of_one_size_are_joined(churned, monkeypatch):
    monkeypatch.setattr(compaction, "STEP", 4)
    assert set(compact()) == {"products"}
    assert len(products().files) == 1
    assert_same()


def test_a_compaction_overtaken_by_another_gives_up(churned):
    stale, chosen = products(), products().files
    compact(thoroughly=True)
    assert not compaction._exchange(stale, chosen, [])
    assert_same()


def test_an_open_reader_survives_compaction_and_clearing(churned):
    with reading() as lake:
        names = lake.table("products").order_by("id").name
        before = names.to_pyarrow()
        compact(thoroughly=True)
        clearing.clear()
        assert names.to_pyarrow() == before


def test_clearing_waits_for_readers_and_then_deletes(churned, monkeypatch):
    folder = churned / latest_snapshot().generation / "products"
    before = len(list(folder.glob("*.parquet")))
    compact(thoroughly=True)
    clearing.clear()
    assert len(list(folder.glob("*.parquet"))) == before + 1
    monkeypatch.setattr(clearing, "RETENTION_HOURS", 0)
    clearing.clear()
    assert len(list(folder.glob("*.parquet"))) == 1
    assert_same()


def test_a_generation_goes_when_no_snapshot_names_it(churned, monkeypatch):
    home = churned / latest_snapshot().generation.partition("/")[0]
    rebuild()
    clearing.clear()
    assert len(list(home.iterdir())) == 2
    monkeypatch.setattr(snapshots, "KEPT", snapshots.PULSE * 0)
    monkeypatch.setattr(clearing, "KEPT", snapshots.PULSE * 0)
    change(Product, Product.objects.first().pk, name="changed after")
    catch_up()
    clearing.clear()
    assert [path.name for path in home.iterdir()] == [latest_snapshot().generation.split("/")[1]]
    assert in_the_lake("products")
