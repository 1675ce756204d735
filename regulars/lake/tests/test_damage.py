"""What is derived may be lost: the lake heals itself."""

import shutil

import pytest

from regulars.identify.commerce.public import Product
from regulars.lake.duties import care
from regulars.lake.public import catch_up, latest_snapshot
from regulars.lake.tests.facts import change, odd_facts
from regulars.lake.tests.shown import assert_same


@pytest.fixture
def folder(lake, teahouse, soho):
    odd_facts(teahouse, soho)
    catch_up()
    return lake / latest_snapshot().generation


def test_a_lake_whose_folder_was_deleted_comes_back(folder, lake):
    shutil.rmtree(lake)
    care()
    assert_same()


def test_a_lake_whose_log_was_torn_comes_back_with_the_next_change(folder):
    change(Product, Product.objects.first().pk, name="changed")
    for entry in (folder / "products" / "_delta_log").glob("*.json"):
        entry.write_bytes(entry.read_bytes()[:20])
    catch_up()
    assert_same()


def test_a_lake_that_lost_a_file_comes_back_with_the_next_change(folder):
    for file in (folder / "products").glob("*.parquet"):
        file.unlink()
    change(Product, Product.objects.first().pk, name="changed")
    catch_up()
    assert_same()


def test_a_sound_lake_is_left_as_it_is(folder):
    before = latest_snapshot()
    care()
    assert latest_snapshot() == before
