"""Measure a brand's customers: whole, over columns, from its facts and its limits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regulars.differentiate.metrics.attendance import attendance, cohorts_of, daily_of
from regulars.differentiate.metrics.concentration import Concentration, concentration_of
from regulars.differentiate.metrics.crowd import crowd_of
from regulars.differentiate.metrics.facts import Facts
from regulars.differentiate.metrics.judgement import OWN_CADENCE_FROM, Yardstick, judged
from regulars.differentiate.metrics.limits import Limits
from regulars.differentiate.metrics.purchases import of_visits, purchases
from regulars.differentiate.metrics.rhythm import Rhythm, rhythm_of
from regulars.differentiate.metrics.scores import Steps, steps_of, steps_of_counted
from regulars.differentiate.metrics.shop import shop_of
from regulars.differentiate.metrics.standing import standings
from regulars.differentiate.metrics.summary import Summary

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What was found: a row for each customer, cohorts and days as tables, and their summary."""

    customers: "ibis.Table"
    cohorts: "ibis.Table"
    daily: "ibis.Table"
    summary: Summary


@contextmanager
def measured(facts: Facts, *, limits: Limits, currency: str) -> Iterator[Measures]:
    """Measure, and give the results while the block lasts: its tables go with it."""
    with (
        purchases(facts).order_by("customer_id").cache() as orders,
        standings(facts, bought := of_visits(orders, facts)).cache() as people,
        attendance(bought, people).cache() as attended,
        daily_of(facts, attended).cache() as daily,
    ):
        rhythm = rhythm_of(people)
        steps, concentration = _spread(people)
        by = _yardstick(facts, limits, rhythm, steps)
        with judged(people.drop("returns"), by).cache() as customers:
            yield Measures(
                customers=customers,
                cohorts=cohorts_of(attended),
                daily=daily,
                summary=Summary(
                    as_of=facts.as_of,
                    before=facts.month_before,
                    currency=currency,
                    limits=limits,
                    window=by.window,
                    rhythm=rhythm,
                    crowd=crowd_of(customers),
                    concentration=concentration,
                    shop=shop_of(daily, as_of=facts.as_of),
                    steps=steps,
                    cadences=cadences_of(customers),
                ),
            )


def _yardstick(facts: Facts, limits: Limits, rhythm: Rhythm, steps: dict[str, Steps]) -> Yardstick:
    return Yardstick(
        as_of=facts.as_of,
        before=facts.month_before,
        limits=limits,
        window=limits.window_in(rhythm),
        median_days=rhythm.median_days,
        recency=steps["r"],
        frequency=steps["f"],
        monetary=steps["m"],
    )


def _spread(people: "ibis.Table") -> tuple[dict[str, Steps], Concentration]:
    came = people.filter(people.visits > 0)
    values = np.sort(came.net_minor.to_pyarrow().to_numpy())
    steps = {
        "r": steps_of_counted([(-days, seen) for days, seen in counted(came.recency_days)]),
        "f": steps_of_counted(counted(came.visits)),
        "m": steps_of(values),
    }
    return steps, concentration_of(values)


def cadences_of(customers: "ibis.Table") -> dict[int, int]:
    """Count the customers with a cadence of their own by its whole days."""
    own = customers.filter(customers.visits >= OWN_CADENCE_FROM)
    return dict(counted(own.cadence_days.round().cast("int32")))


def counted(column: "ibis.Column") -> list[tuple[int, int]]:
    """Return the distinct values of a column and how often each is there."""
    table = column.name("value").as_table()
    found = table.group_by("value").agg(seen=table.count()).order_by("value").to_pyarrow()
    return list(zip(found["value"].to_pylist(), found["seen"].to_pylist(), strict=True))
