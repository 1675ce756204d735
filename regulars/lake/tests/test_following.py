"""Whatever changes in the database shows in the lake, once, and as of one moment."""

import random

import pytest
from django.db import connection, transaction

from regulars.identify.commerce.public import Product
from regulars.lake import following
from regulars.lake.public import (
    InTransaction,
    NotMirroredInTime,
    Snapshot,
    catch_up,
    horizon,
    latest_snapshot,
    next_revision,
    reading,
    rebuild,
    wait_for,
)
from regulars.lake.tests.facts import change, remove
from regulars.lake.tests.follower import open_connection
from regulars.lake.tests.shown import assert_same, in_the_lake

pytestmark = pytest.mark.usefixtures("lake")


def add(brand, sku: str) -> Product:
    with transaction.atomic():
        return Product.objects.create(brand=brand, sku=sku, revision=next_revision())


def shown() -> list[object]:
    return [row["sku"] for row in in_the_lake("products")]


def test_a_new_row_a_changed_one_and_a_removed_one_follow(teahouse):
    sencha, matcha = add(teahouse, "sencha"), add(teahouse, "matcha")
    catch_up()
    assert shown() == ["sencha", "matcha"]
    change(Product, sencha.pk, sku="sencha 2")
    remove("products", Product, matcha.pk)
    add(teahouse, "hojicha")
    catch_up()
    assert shown() == ["sencha 2", "hojicha"]
    assert_same("products")


def test_a_row_changed_again_and_again_shows_once(teahouse):
    sencha = add(teahouse, "sencha")
    for n in range(5):
        change(Product, sencha.pk, sku=f"sencha {n}")
        catch_up()
    assert shown() == ["sencha 4"]


def test_a_row_changed_and_then_removed_before_it_was_mirrored_is_gone(teahouse):
    sencha = add(teahouse, "sencha")
    catch_up()
    change(Product, sencha.pk, sku="sencha 2")
    remove("products", Product, sencha.pk)
    catch_up()
    assert shown() == []


def test_a_row_removed_and_written_again_under_its_number_shows_once(teahouse):
    sencha = add(teahouse, "sencha")
    catch_up()
    remove("products", Product, sencha.pk)
    with transaction.atomic():
        Product.objects.create(pk=sencha.pk, brand=teahouse, sku="sencha", revision=next_revision())
    catch_up()
    assert shown() == ["sencha"]
    assert_same("products")


def test_where_nothing_is_new_nothing_is_written(teahouse):
    add(teahouse, "sencha")
    before = catch_up()
    after = catch_up()
    assert (after.pk, after.versions) == (before.pk, before.versions)
    assert Snapshot.objects.count() == 1


def test_a_change_that_is_not_mirrored_still_moves_the_revision():
    catch_up()
    with transaction.atomic():
        revision = next_revision()
    assert catch_up().revision == revision
    assert wait_for(revision, timeout=0).revision == revision


def test_who_waits_for_a_revision_that_is_not_mirrored_is_told(teahouse):
    catch_up()
    sencha = add(teahouse, "sencha")
    with pytest.raises(NotMirroredInTime):
        wait_for(sencha.revision, timeout=0.1)
    catch_up()
    assert wait_for(sencha.revision, timeout=0.1).revision >= sencha.revision


def test_an_older_state_can_still_be_opened(teahouse):
    sencha = add(teahouse, "sencha")
    monday = catch_up()
    change(Product, sencha.pk, sku="sencha 2")
    catch_up()
    assert [row["sku"] for row in in_the_lake("products", snapshot=monday)] == ["sencha"]
    assert shown() == ["sencha 2"]


def test_the_lake_is_not_filled_inside_a_transaction():
    with transaction.atomic(), pytest.raises(InTransaction):
        catch_up()
    assert latest_snapshot() is None


def test_when_an_app_wants_something_else_mirrored_the_lake_is_filled_anew(teahouse, monkeypatch):
    add(teahouse, "sencha")
    before = catch_up()
    monkeypatch.setattr(following, "shape", lambda: "another")
    after = catch_up()
    assert after.generation != before.generation
    assert shown() == ["sencha"]


def test_a_rebuild_starts_from_nothing_and_an_open_reader_is_not_disturbed(teahouse):
    sencha = add(teahouse, "sencha")
    before = catch_up()
    with reading() as lake:
        products = lake.table("products")
        Product.objects.filter(pk=sencha.pk).update(sku="changed behind the mirror's back")
        after = rebuild()
        assert products.sku.to_pyarrow().to_pylist() == ["sencha"]
    assert before.generation != after.generation
    assert shown() == ["changed behind the mirror's back"]


def test_whatever_is_done_the_lake_shows_what_the_database_holds(teahouse):
    chance = random.Random(8)
    numbers = iter(range(10_000))
    for _ in range(25):
        for _ in range(chance.randint(0, 4)):
            pks = list(Product.objects.values_list("pk", flat=True))
            doing = chance.choice(["add", "add", "change", "remove"])
            if doing == "add" or not pks:
                add(teahouse, f"sku {next(numbers)}")
            elif doing == "change":
                change(Product, chance.choice(pks), sku=f"sku {next(numbers)}")
            else:
                remove("products", Product, *chance.sample(pks, min(2, len(pks))))
        catch_up()
        assert_same("products")


@pytest.fixture
def held():
    """A transaction of somebody else that has taken a revision and is not over."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    other = open_connection()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT lake_next_revision()")
        yield other, cursor.fetchone()[0]
    other.rollback()
    other.close()


def test_a_long_transaction_does_not_hold_up_what_others_commit(teahouse, held):
    other, revision = held
    add(teahouse, "sencha")
    assert catch_up().revision < revision
    assert shown() == ["sencha"]
    add(teahouse, "matcha")
    for _ in range(3):
        catch_up()
        assert shown() == ["sencha", "matcha"]
    with other.cursor() as cursor:
        cursor.execute(
            "INSERT INTO commerce_product"
            " (brand_id, sku, name, maker, category, kind, goods, revision)"
            " VALUES (%s, 'hojicha', '', '', '', '', true, %s)",
            [teahouse.pk, revision],
        )
    other.commit()
    assert catch_up().revision == horizon()
    assert shown() == ["sencha", "matcha", "hojicha"]
    catch_up()
    assert_same("products")


def test_a_row_whose_revision_goes_back_shows_as_it_was_last_written(teahouse, held):
    other, revision = held
    sencha = add(teahouse, "sencha")
    assert sencha.revision > revision
    catch_up()
    with other.cursor() as cursor:
        cursor.execute(
            "UPDATE commerce_product SET sku = 'sencha 2', revision = %s WHERE id = %s",
            [revision, sencha.pk],
        )
    other.commit()
    catch_up()
    assert shown() == ["sencha 2"]
    change(Product, sencha.pk, sku="sencha 3")
    catch_up()
    assert shown() == ["sencha 3"]
    assert_same("products")


def test_a_row_removed_while_a_long_transaction_runs_and_written_again_shows(teahouse, held):
    other, _ = held
    sencha = add(teahouse, "sencha")
    remove("products", Product, sencha.pk)
    catch_up()
    with transaction.atomic():
        Product.objects.create(
            pk=sencha.pk, brand=teahouse, sku="sencha 2", revision=next_revision()
        )
    catch_up()
    assert shown() == ["sencha 2"]
    other.rollback()
    catch_up()
    assert_same("products")
