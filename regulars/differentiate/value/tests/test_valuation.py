"""From the database through the lake to what is kept of everybody's worth."""

from datetime import timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest

from regulars.differentiate.metrics.public import MetricRun, Wanted, export_customers
from regulars.differentiate.value.duties import value as value_now
from regulars.differentiate.value.keeping import forget_old_scores
from regulars.differentiate.value.public import VALUES, Valuation
from regulars.differentiate.value.tests.shop import TODAY, valued
from regulars.lake.public import reading
from tests.people import NOW, make_order


def rows(brand, *, on=TODAY) -> list[dict[str, Any]]:
    with reading() as lake:
        table = lake.computed(VALUES)
        mine = table.filter(table.brand_id == brand.pk, table.as_of == on)
        found: list[dict[str, Any]] = mine.order_by("customer_id").to_pyarrow().to_pylist()
    return found


def test_everybody_is_scored_by_the_model_that_tells_the_future_best(plain):
    done = valued(plain)
    assert done.model in {"mbg-nbd", "pareto-nbd"}
    fits = {fit.model: fit for fit in done.fits.all()}
    assert set(fits) == {"bg-nbd", "mbg-nbd", "pareto-nbd"}
    assert all(fit.holdout_error < 1 for fit in fits.values())
    least = min(fits[name].holdout_error for name in ("mbg-nbd", "pareto-nbd"))
    assert fits[done.model].holdout_error <= 1.02 * least
    scores = rows(plain)
    assert len(scores) == done.report["customers"] > 200
    for one in scores:
        assert 0 <= one["alive"] <= 1
        assert one["expected_visits"] >= 0
        assert 0 <= one["expected_value_minor"] <= one["at_stake_minor"] + 1
        assert one["past_profit_minor"] == one["net_minor"] - one["goods_minor"]
        assert one["act_on"] <= one["active_until_on"]
    often = [one for one in scores if one["x"] > 3 and one["recency_days"] < 10]
    assert min(one["alive"] for one in often) > 0.5
    tracking = done.report["tracking"]
    assert tracking["actual"][-1] == pytest.approx(tracking["expected"][-1], rel=0.15)


def test_what_three_customers_will_do_is_not_estimable(lake, teahouse, alice, bob, chloe, tmp_path):
    for customer, days in ((alice, 60), (alice, 30), (alice, 3), (bob, 300), (chloe, 5)):
        make_order(brand=teahouse, customer=customer, at=NOW - timedelta(days=days))
    done = valued(teahouse)
    assert (done.model, done.reason) == ("", "not-estimable")
    assert {fit.trouble for fit in done.fits.all()} == {"too-few"}
    scores = {one["customer_id"]: one for one in rows(teahouse)}
    assert len(scores) == 3
    assert all(one["alive"] is one["expected_value_minor"] is None for one in scores.values())
    assert scores[alice.pk]["past_profit_minor"] == 3 * 1250
    states = [scores[one.pk]["churn_state"] for one in (alice, bob, chloe)]
    assert states == ["safe", "lost", "safe"]
    file = tmp_path / "people.parquet"
    export_customers(Wanted(brand=teahouse, as_of=TODAY), to=file)
    written = {one["public_id"]: one for one in pq.read_table(file).to_pylist()}
    beside = written[alice.public_id]
    assert (beside["past_profit"], beside["churn_state"]) == (37.5, "safe")
    assert (beside["valued_on"], beside["act_on"]) == (TODAY, scores[alice.pk]["act_on"])
    assert beside["alive"] is beside["expected_value"] is None


def test_one_day_of_history_and_nothing_but_refunds_are_told_as_they_are(
    lake, teahouse, bakery, alice, eve
):
    make_order(brand=teahouse, customer=alice)
    assert valued(teahouse).report["customers"] == 1
    make_order(brand=bakery, customer=eve, lines=[("bun", 1, -500)])
    done = valued(bakery)
    assert (done.model, done.report["customers"]) == ("", 0)
    assert rows(bakery) == []


def test_work_is_done_again_only_when_something_has_changed(lake, teahouse, alice, bob):
    value_now()
    assert not Valuation.objects.exists()
    make_order(brand=teahouse, customer=alice)
    first = valued(teahouse)
    assert valued(teahouse).finished_at == first.finished_at
    make_order(brand=teahouse, customer=bob)
    value_now()
    assert Valuation.objects.get().finished_at == first.finished_at
    again = valued(teahouse)
    assert again.finished_at > first.finished_at
    assert (first.report["customers"], again.report["customers"]) == (1, 2)
    MetricRun.objects.all().delete()
    forget_old_scores()
    assert rows(teahouse) == []
    assert Valuation.objects.get().fits.count() == 3
