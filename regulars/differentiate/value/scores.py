"""Score everybody: a row a customer, joined from facts and from what each history is worth."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from regulars.differentiate.metrics.public import CUSTOMERS, Facts
from regulars.differentiate.value.appraisal import Appraisal
from regulars.differentiate.value.causes import evidence
from regulars.differentiate.value.goods import goods_cost
from regulars.differentiate.value.profit import (
    Margin,
    margin_of,
    with_costs,
    with_expected_profit,
)
from regulars.differentiate.value.prospects import ON, prospects
from regulars.differentiate.value.spending import expected_spend
from regulars.differentiate.value.states import AT_RISK, LOST, SAFE, SLIPPING
from regulars.differentiate.value.summary import WEEKS_A_YEAR
from regulars.lake.public import Reading

if TYPE_CHECKING:
    import ibis

SOON = timedelta(days=14)
NO_MORE = 0.1  # below that, a customer is counted as lost
KNOWN = (
    "customer_id", "branch_id", "visits", "net_minor", "value_year_minor", "recency_days",
    "cadence_days", "due_on", "active_until_on", "recency_state",
)  # fmt: skip
FORESEEN = {
    "alive": "float64",
    "expected_visits": "float64",
    "discounted_visits": "float64",
    "visits_if_there": "float64",
    "next_visit_on": "date",
    "alive_until_on": "date",
}


@contextmanager
def scored(lake: Reading, facts: Facts, found: Appraisal) -> Iterator[tuple["ibis.Table", Margin]]:
    """Score everybody with a visit, and give the rows while the block lasts."""
    people = _known(lake, facts, found)
    people = people.left_join(goods_cost(facts), "customer_id").drop("customer_id_right")
    people = people.left_join(evidence(facts, found.people), "customer_id")
    people = people.drop("customer_id_right")
    filled = people.mutate(
        goods_minor=people.goods_minor.fill_null(0),
        goods_unknown_minor=people.goods_unknown_minor.fill_null(0),
    )
    with with_costs(filled, found.costs, as_of=facts.as_of).cache() as costed:
        margin = margin_of(costed)
        rows = _judged(_expected(_foreseen(costed, found), found), facts.as_of)
        years = found.outlook.weeks / WEEKS_A_YEAR
        yield with_expected_profit(rows, margin, found.costs, years=years).drop("source"), margin


def _known(lake: Reading, facts: Facts, found: Appraisal) -> "ibis.Table":
    metrics = lake.computed(CUSTOMERS)
    metrics = metrics.filter(metrics.brand_id == facts.brand_id, metrics.as_of == facts.as_of)
    people = found.people.select("customer_id", "x", "first_on", "last_on", "value")
    people = metrics.select(*KNOWN).inner_join(people, "customer_id")
    customers = facts.customers
    source = customers.select(customer_id=customers.id, source=customers.source)
    return people.left_join(source, "customer_id").drop("customer_id_right")


def _foreseen(people: "ibis.Table", found: Appraisal) -> "ibis.Table":
    """Add what the model expects of each history; nulls when none is estimable."""
    import ibis  # at the first question: a start should not wait for it

    chosen = found.choice.chosen
    if chosen is None or chosen.purchases is None:
        return people.mutate(**{name: ibis.null(kind) for name, kind in FORESEEN.items()})
    told = ibis.memtable(prospects(found.now, chosen.purchases, found.outlook))
    joined = people.left_join(told, list(ON))
    return joined.drop(*(f"{name}_right" for name in ON))


def _expected(people: "ibis.Table", found: Appraisal) -> "ibis.Table":
    spend = expected_spend(found.spending, people.x, people.value)
    people = people.mutate(spend=spend)
    return people.mutate(
        expected_spend_minor=people.spend.round().cast("int64"),
        expected_value_minor=(people.spend * people.discounted_visits).round().cast("int64"),
        at_stake_minor=(people.spend * people.visits_if_there).round().cast("int64"),
    ).drop("spend", "value", "discounted_visits", "visits_if_there")


def _judged(people: "ibis.Table", as_of: date) -> "ibis.Table":
    """Add the day to act, and how it stands with them. Without a model, the active window tells."""
    import ibis

    act_on = ibis.least(people.active_until_on, people.alive_until_on)
    people = people.mutate(
        act_on=act_on,
        overdue_cadences=people.recency_days / people.cadence_days.nullif(0),
    )
    gone = (people.alive < NO_MORE).fill_null(people.recency_state == "churned")
    state = ibis.cases(
        (gone, LOST),
        (people.act_on < as_of, SLIPPING),
        (people.act_on <= as_of + SOON, AT_RISK),
        else_=SAFE,
    )
    return people.mutate(churn_state=state).drop("recency_state")
