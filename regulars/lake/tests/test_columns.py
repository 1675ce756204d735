"""Every column of every mirrored table is in the lake what it is in the database."""

import pytest

from regulars.lake.public import catch_up, mirrors
from regulars.lake.tests.facts import ROWS, change, odd_facts
from regulars.lake.tests.shown import TABLES, assert_same, in_the_lake


def test_no_mirrored_table_is_left_out_here():
    assert set(TABLES) == set(mirrors())


@pytest.mark.usefixtures("lake")
def test_every_column_of_every_table_is_the_same_in_the_lake(teahouse, soho):
    odd_facts(teahouse, soho)
    catch_up()
    assert_same()
    assert {len(in_the_lake(table)) for table in TABLES} == {ROWS}


@pytest.mark.usefixtures("lake")
def test_a_row_that_changed_is_the_same_in_the_lake_again(teahouse, soho):
    odd_facts(teahouse, soho)
    catch_up()
    for table, (model, _) in TABLES.items():
        if table != "events":
            change(model, model.objects.order_by("pk").last().pk)
    catch_up()
    assert_same()
