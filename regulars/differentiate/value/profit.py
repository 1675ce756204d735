"""What each customer has earned the brand so far, and is expected to: mission's lifetime value."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from regulars.differentiate.value.costs import Costs

if TYPE_CHECKING:
    import ibis

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """What is left of net value after goods, as a share, and how sure that is.

    ``goods_share`` of the net value whose cost is known or was said, None when of none it is.
    """

    goods_share: float | None

    def left(self, costs: Costs) -> float:
        return 1 - (self.goods_share or 0.0) - (costs.rewards_share or 0.0)


def with_costs(people: "ibis.Table", costs: Costs, *, as_of: date) -> "ibis.Table":
    """Add what each customer cost, in minor units; null where it is unknown.

    ``people`` have net_minor, first_on, source, goods_minor and goods_unknown_minor.
    ``past_profit_minor`` is net value less every cost that is known.
    """
    years = people.first_on.delta(as_of, unit="day") * -1 / DAYS_A_YEAR
    people = people.mutate(
        goods_minor=_goods(people, costs),
        goods_unknown_minor=people.goods_unknown_minor * int(costs.goods_share is None),
        rewards_minor=_times(people.net_minor, costs.rewards_share),
        messages_minor=_times(years, costs.messages_a_year),
        service_minor=_times(years, costs.service_a_year),
        acquisition_minor=_acquisition(people, costs),
    )
    parts = ("goods", "rewards", "messages", "service", "acquisition")
    spent = sum(
        (people[f"{part}_minor"].fill_null(0) for part in parts), start=people.net_minor * 0
    )
    return people.mutate(past_profit_minor=people.net_minor - spent)


def margin_of(people: "ibis.Table") -> Margin:
    """Find the share of goods in the net value whose cost is known."""
    net = people.net_minor - people.goods_unknown_minor
    found = people.aggregate(
        goods=people.goods_minor.cast("float64").sum(), net=net.cast("float64").sum()
    ).to_pyarrow()
    goods, worth = (column[0].as_py() or 0.0 for column in found.columns)
    return Margin(goods_share=min(goods / worth, 1.0) if goods > 0 and worth > 0 else None)


def with_expected_profit(
    people: "ibis.Table", margin: Margin, costs: Costs, *, years: float
) -> "ibis.Table":
    """Add what is to be expected: value times margin, less keeping them while they are there.

    ``lifetime_minor`` is what they have earned the brand plus what is expected.
    """
    keeping = people.alive * costs.keeping_a_year * years
    expected = people.expected_value_minor.cast("float64") * margin.left(costs) - keeping
    people = people.mutate(expected_profit_minor=expected.round().cast("int64"))
    return people.mutate(lifetime_minor=people.past_profit_minor + people.expected_profit_minor)


def _goods(people: "ibis.Table", costs: Costs) -> "ibis.Column":
    said = people.goods_unknown_minor.cast("float64") * (costs.goods_share or 0.0)
    return (people.goods_minor + said).round().cast("int64")


def _times(column: "ibis.Column", rate: float | None) -> "ibis.Column":
    return (column.cast("float64") * rate).round().cast("int64") if rate is not None else _unknown()


def _acquisition(people: "ibis.Table", costs: Costs) -> "ibis.Column":
    rest = _unknown() if costs.acquisition is None else _known(costs.acquisition)
    if not costs.acquisition_of:
        return rest
    told = [(people.source == name, _known(much)) for name, much in costs.acquisition_of.items()]
    import ibis

    return ibis.cases(*told, else_=rest)


def _unknown() -> "ibis.Scalar":
    import ibis  # at the first question: a start should not wait for it

    return ibis.null("int64")


def _known(much: int) -> "ibis.Scalar":
    import ibis

    return ibis.literal(much, "int64")
