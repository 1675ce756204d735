"""Everything that can be asked is asked once, of hostile facts, and in plain Python again (T2)."""

from datetime import UTC, datetime

import pytest

from regulars.differentiate.segments.family import families
from regulars.differentiate.segments.operators import operators_for
from regulars.differentiate.segments.tests.hostile import ZONES, Hostile
from regulars.differentiate.segments.tests.kept import keep, known
from regulars.differentiate.segments.tests.naive import Naive
from regulars.differentiate.segments.tests.shelf import BRAND
from regulars.differentiate.segments.tests.sweeping import conditions, filters_of, subjects_of
from regulars.differentiate.segments.tests.test_naive import held
from regulars.organization.public import Brand

pytestmark = pytest.mark.once("the database holds lists and segments here, and no facts")

AT_ONCE = 40
NOW = datetime(2025, 3, 31, 11, 30, tzinfo=UTC)


@pytest.fixture
def everything(db):
    """All conditions, those of one window side by side."""
    keep()
    brand = Brand.objects.get(pk=BRAND)
    with known():
        return list(conditions(brand))


@pytest.mark.parametrize("zone", ZONES)
def test_the_columns_find_whom_plain_python_finds(everything, zone):
    shelf = Hostile(zone).filled()
    naive = Naive(shelf, NOW)
    place = ZONES.index(zone)
    blocks = [everything[at : at + AT_ONCE] for at in range(0, len(everything), AT_ONCE)]
    wrong = []
    for asked in blocks[place :: len(ZONES)]:
        found = held(shelf.ground(now=NOW), shelf.brand, asked)
        told = [
            (tree, people, naive.members(tree)) for tree, people in zip(asked, found, strict=True)
        ]
        wrong += [one for one in told if one[1] != one[2]]
    assert not wrong


def test_nothing_that_is_declared_is_left_out(everything):
    brand = Brand.objects.get(pk=BRAND)
    asked = {(one["condition"], one["about"], one["is"]) for one in everything}
    filtered = {
        (one["condition"], where["about"], where["is"])
        for one in everything
        for where in one.get("where", ())
    }
    with known():
        for family in families().values():
            for given, found in (
                (subjects_of(family, brand), asked), (filters_of(family, brand), filtered),
            ):  # fmt: skip
                told = {(family.key, one.key, operator.key)
                        for one in given for operator in operators_for(one.kind)}  # fmt: skip
                assert told <= found
