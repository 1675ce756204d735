"""A simulated shop looks the same to Spark: all metrics of all customers, and its segments."""

from datetime import UTC, datetime, timedelta

import pytest

from regulars.differentiate.metrics.computation import KEPT_TABLES
from regulars.differentiate.metrics.public import MetricRun, refresh
from regulars.differentiate.segments.public import Segment, members
from regulars.lake.public import catch_up, reading
from regulars.simulate.history import simulate
from regulars.simulate.loading import load
from regulars.simulate.opening import open_shop
from regulars.simulate.segments import SEGMENTS, make_segments
from regulars.simulate.shops import SHOPS

NOW = datetime(2025, 11, 20, 15, 30, tzinfo=UTC)
SIZES = {"teahouse": 150, "bakery": 60}
pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("lake")]


@pytest.fixture
def shops():
    return {slug: _open(slug, size) for slug, size in SIZES.items()}


def _open(slug, size):
    history = simulate(SHOPS[slug], size=size, seed=20, years=2, until=NOW)
    opened_at = NOW - timedelta(days=2 * 366)
    brand = open_shop(history.shop, opened_at=opened_at, by=None, now=NOW)
    load(history, brand=brand, by=None, now=NOW)
    return brand


def test_a_simulated_shop_gets_the_same_metrics_and_the_same_segments(shops, settings, spark):
    catch_up()
    of_spark = _measured(shops["teahouse"])
    settings.REGULARS_LAKE_ENGINE = "duckdb"
    of_duckdb = _measured(shops["teahouse"])
    refresh(brand=shops["bakery"], now=NOW)
    assert of_spark.keys() == of_duckdb.keys()
    for name, found in of_spark.items():
        assert found == of_duckdb[name], name

    for brand in shops.values():
        make_segments(brand=brand, by=None, now=NOW)
    segments = list(Segment.objects.all())
    known = {one.name: set(_people(one)) for one in segments}
    assert {name for named in SEGMENTS.values() for name in named} < known.keys()
    settings.REGULARS_LAKE_ENGINE = "spark"
    assert {one.name: set(_people(one)) for one in segments} == known
    assert sum(map(bool, known.values())) > len(known) / 2


def _people(segment):
    return members(tree=segment.current.tree, brand=segment.brand, now=NOW)


def _measured(brand):
    """Compute anew, and return all that is kept: the summary, and the rows of every table."""
    MetricRun.objects.filter(brand=brand).delete()
    summary = refresh(brand=brand, now=NOW).as_dict()
    summary["crowd"] = sorted(summary["crowd"], key=str)
    kept = {}
    with reading() as lake:
        for name in KEPT_TABLES:
            rows = lake.computed(name)
            found = rows.filter(rows.brand_id == brand.pk).to_pyarrow()
            kept[name] = found.schema, sorted(map(str, found.to_pylist()))
    return {"summary": summary, **kept}
