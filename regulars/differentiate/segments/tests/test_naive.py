"""Whatever is asked of whatever happened, the columns say what plain Python says (T2)."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.differentiate.segments.asking import members_on
from regulars.differentiate.segments.compiling import answers, condition_of, holds_together
from regulars.differentiate.segments.family import Condition, families
from regulars.differentiate.segments.tests.facts_drawn import TODAY, shelves
from regulars.differentiate.segments.tests.kept import keep, known
from regulars.differentiate.segments.tests.naive import Naive
from regulars.differentiate.segments.tests.trees_drawn import FAMILIES, TREES
from regulars.differentiate.segments.tree import read_tree

NOW = st.sampled_from([None, datetime(2025, 3, 31, 15, tzinfo=UTC)])
ONCE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture(autouse=True)
def kept(db):
    keep()


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_condition_of_a_family_holds_for_whom_plain_python_finds(family):
    @settings(max_examples=3, deadline=None, suppress_health_check=ONCE)
    @given(shelves(), st.lists(FAMILIES[family], min_size=6, max_size=12), NOW)
    def holds(shelf, asked, now):
        agree(shelf, asked, now)

    holds()


@settings(max_examples=12, deadline=None, suppress_health_check=ONCE)
@given(shelves(), st.lists(TREES, min_size=4, max_size=8), NOW)
def test_a_segment_holds_exactly_those_whom_plain_python_finds(shelf, asked, now):
    naive = agree(shelf, asked, now)
    with known():
        node = read_tree({"version": 1, "match": asked[0]}, brand=shelf.brand)
        found = set(members_on(node, shelf.ground(now=naive.now)))
        assert found == naive.members(asked[0])
        reasons = answers(node, shelf.ground(now=naive.now, only=[2]))
        assert _walked(node, iter(reasons[2])) == (2 in found)


def test_no_family_is_left_out():
    assert set(FAMILIES) == set(families())


def agree(shelf, asked, now):
    """Ask all of it at once, and each again in plain Python."""
    now = now or datetime.combine(TODAY + timedelta(1), time(), shelf.brand.zone)
    naive = Naive(shelf, now)
    found = held(shelf.ground(now=now), shelf.brand, asked)
    for tree, people in zip(asked, found, strict=True):
        assert people == naive.members(tree), tree
    return naive


def held(ground, brand, asked):
    """Return who is in each of some trees, found by one question."""
    with known():
        nodes = [read_tree({"version": 1, "match": match}, brand=brand) for match in asked]
        rows = ground.lay(
            lambda: {f"in{n}": condition_of(node, ground) for n, node in enumerate(nodes)}
        )
        told = rows.to_pyarrow().to_pylist()
    return [{row["customer_id"] for row in told if row[f"in{n}"]} for n in range(len(asked))]


def _walked(node, told):
    if isinstance(node, Condition):
        return next(told).holds
    return holds_together(node.match, [_walked(inner, told) for inner in node.nodes])
