"""Spark finds the people whom plain Python finds, in segments of every family of conditions."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.tests.facts_drawn import TODAY, shelves
from regulars.differentiate.segments.tests.kept import keep
from regulars.differentiate.segments.tests.naive import Naive
from regulars.differentiate.segments.tests.shelf import tables_of
from regulars.differentiate.segments.tests.test_naive import held
from regulars.differentiate.segments.tests.trees_drawn import FAMILIES
from tests.spark import open_tables

pytestmark = pytest.mark.spark
EACH = st.tuples(*(FAMILIES[name] for name in sorted(FAMILIES)))


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(shelves(), EACH)
def _agree(shelf, asked):
    now = datetime.combine(TODAY + timedelta(1), time(), shelf.brand.zone)
    naive = Naive(shelf, now)
    with open_tables(tables_of(shelf)) as tables:
        ground = Ground(tables, brand=shelf.brand, day=TODAY, now=now, measured_on=TODAY)
        found = held(ground, shelf.brand, asked)
    for tree, people in zip(asked, found, strict=True):
        assert people == naive.members(tree), tree


def test_spark_finds_whom_plain_python_finds(db, spark):
    keep()
    _agree()
