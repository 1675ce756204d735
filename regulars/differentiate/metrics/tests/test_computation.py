"""From the database through the lake to what is kept."""

from datetime import timedelta

import pytest

from regulars.differentiate.metrics import computation
from regulars.differentiate.metrics.duties import compute_metrics
from regulars.differentiate.metrics.keeping import forget_old_days
from regulars.differentiate.metrics.limits import Limits
from regulars.differentiate.metrics.models import MetricRun
from regulars.differentiate.metrics.public import compute
from regulars.differentiate.metrics.summary import summary_from
from regulars.differentiate.metrics.thresholds import change_thresholds
from regulars.lake.public import catch_up, drop_computed, reading
from regulars.organization.public import BrandsFailed, Trouble
from tests.people import NOW, make_order

TODAY = NOW.date()


@pytest.fixture
def shop(lake, teahouse, bakery, soho, alice, bob, eve):
    """Alice came four times, the last time today; Bob once; Eve belongs to the bakery."""
    for days in (0, 20, 30, 60):
        make_order(brand=teahouse, customer=alice, at=NOW - timedelta(days=days), branch=soho)
    make_order(brand=teahouse, customer=bob, at=NOW - timedelta(days=300))
    make_order(brand=teahouse, at=NOW - timedelta(days=1))
    make_order(brand=bakery, customer=eve)
    catch_up()
    return teahouse


def test_work_is_skipped_only_while_nothing_has_changed(shop, alice, bakery):
    first = compute(brand=shop, as_of=TODAY)
    assert summary_from(first.summary).as_dict() == first.summary
    assert compute(brand=shop, as_of=TODAY).finished_at == first.finished_at
    make_order(brand=bakery)
    catch_up()
    assert compute(brand=shop, as_of=TODAY).finished_at == first.finished_at
    make_order(brand=shop, customer=alice)
    catch_up()
    more = summary_from(compute(brand=shop, as_of=TODAY).summary)
    assert more.crowd.customers.net_minor == 6 * 1250


def test_the_duty_reads_nothing_while_nothing_has_changed(shop, monkeypatch):
    compute_metrics()
    before = list(MetricRun.objects.values_list("brand_id", "as_of_on", "finished_at"))
    monkeypatch.setattr(computation, "reading", not_to_be_asked)
    compute_metrics()
    assert list(MetricRun.objects.values_list("brand_id", "as_of_on", "finished_at")) == before
    change_thresholds(brand=shop, limits=Limits(active_days=9), by=None, now=NOW)
    with pytest.raises(BrandsFailed):
        compute_metrics()
    assert "the lake was asked" in Trouble.objects.get(brand=shop).error


def not_to_be_asked():
    raise AssertionError("the lake was asked")


def test_a_lake_thrown_away_is_filled_again(shop):
    compute(brand=shop, as_of=TODAY)
    drop_computed("customer_metrics")
    compute(brand=shop, as_of=TODAY)
    with reading() as lake:
        assert lake.computed("customer_metrics").count().to_pyarrow().as_py() == 2


def test_old_days_go_and_ends_of_months_stay(shop):
    end = NOW.replace(month=8, day=31)
    for at in (end, end - timedelta(days=3), NOW - timedelta(days=3), NOW):
        compute(brand=shop, as_of=at.date())
    MetricRun.objects.update(finished_at=end)
    forget_old_days(now=NOW)
    left = set(MetricRun.objects.values_list("as_of_on", flat=True))
    assert left == {end.date(), (NOW - timedelta(days=3)).date(), TODAY}
    with reading() as lake:
        assert set(lake.computed("cohorts").as_of.to_pyarrow().to_pylist()) == left
