"""Whatever is asked of whatever happened, the columns say what plain Python says (T2)."""

import json
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.differentiate.segments.asking import members_on
from regulars.differentiate.segments.compiling import answers, holds_together
from regulars.differentiate.segments.conditions import field
from regulars.differentiate.segments.family import Condition
from regulars.differentiate.segments.tests.naive import Naive
from regulars.differentiate.segments.tests.shelf import OTHER_BRAND, Shelf
from regulars.differentiate.segments.tree import read_tree

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 31)
ZONES = ("UTC", "Europe/London", "Asia/Shanghai", "America/New_York")
WORDS = st.sampled_from(["", "London", "london", "上海"])
GOODS = ((1, "tea-1", "Tea/Green"), (2, "tea-2", "Tea/Black"), (3, "cup", "Teaware"), (4, "x", ""))
FIELDS = [
    SimpleNamespace(key="cups", label="Cups", kind="number", choices=[]),
    SimpleNamespace(key="milk", label="Milk", kind="yes_no", choices=[]),
]
OWN = [{}, {"cups": 2}, {"cups": 0.5, "milk": True}, {"milk": False}]
MOMENTS = st.one_of(
    st.datetimes(datetime(2025, 3, 25), datetime(2025, 4, 2)),  # noqa: DTZ001
    st.datetimes(datetime(2024, 12, 20), datetime(2025, 4, 2)),  # noqa: DTZ001
).map(lambda at: at.replace(tzinfo=UTC, microsecond=0))
DAYS = st.dates(date(2025, 1, 1), date(2025, 4, 10))
BORN = st.one_of(
    st.none(),
    st.sampled_from([date(2000, 2, 29), date(2024, 4, 1), date(2024, 3, 31), date(1990, 12, 31)]),
)


@st.composite
def shelves(draw):
    shelf = Shelf(today=TODAY, zone=draw(st.sampled_from(ZONES)))
    who = st.sampled_from([1, 2, 3, 4, None])
    for number in (1, 2, 3):
        fields = draw(
            st.sampled_from([{}, {"cups": 2}, {"cups": 0.5, "milk": True}, {"milk": False}])
        )
        shelf.customer(
            number, city=draw(WORDS), born_on=draw(BORN), created_at=draw(MOMENTS),
            gender=draw(st.sampled_from(["", "female", "male"])), fields=json.dumps(fields),
        )  # fmt: skip
    shelf.customer(4, alias_of=draw(st.integers(1, 3)))
    shelf.customer(9, brand_id=OTHER_BRAND)
    for number, sku, category in GOODS:
        shelf.add("products", id=number, sku=sku, category=category)
    _commerce(draw, shelf, who)
    _events(draw, shelf, who)
    for number in (1, 2):
        if draw(st.booleans()):
            shelf.metrics.append(_metrics(draw, number))
    for member in draw(st.lists(st.tuples(st.integers(1, 4), BORN, st.booleans()), max_size=3)):
        shelf.add("household", customer_id=member[0], born_on=member[1],
                  kind="child" if member[2] else "pet")  # fmt: skip
    for number in draw(st.lists(st.integers(1, 4), max_size=2)):
        shelf.add("identifiers", customer_id=number, kind=draw(st.sampled_from(["email", "phone"])))
    return shelf


def _commerce(draw, shelf, who):
    line = st.tuples(
        st.sampled_from([1, 2, 3, 4]), st.sampled_from([1.0, 2.0]), st.integers(0, 900)
    )
    for at, bought in draw(
        st.lists(st.tuples(MOMENTS, st.lists(line, min_size=1, max_size=3)), max_size=6)
    ):
        shelf.order(draw(who), at, *bought)
    for nth, later, whole in draw(
        st.lists(
            st.tuples(st.integers(0, 20), st.integers(0, 40), st.booleans()),
            max_size=3 if shelf.rows["lines"] else 0,
            unique_by=lambda told: told[0],
        )
    ):
        place = nth % len(shelf.rows["lines"])
        told = shelf.rows["lines"][place]
        if any(row["line_id"] == told["id"] for row in shelf.rows["refund_matches"]):
            continue
        day = shelf.rows["orders"][told["order_id"] - 1]["placed_on"] + timedelta(later)
        share = 1 if whole else 2
        shelf.refund(told["id"], day, told["quantity"] / share, told["amount_minor"] // share)


def _events(draw, shelf, who):
    properties = st.sampled_from(
        [{}, {"sku": "tea-1", "price": 3}, {"sku": "cup", "price": 9.5}, {"sku": "", "price": None}]
    )
    kind = st.sampled_from(["Product Viewed", "Product Viewed", "Order Completed"])
    value = st.sampled_from([None, 0, 500])
    for at, name, told, worth in draw(
        st.lists(st.tuples(MOMENTS, kind, properties, value), max_size=8)
    ):
        shelf.add("events", customer_id=draw(who), kind=name, occurred_at=at,
                  properties=json.dumps(told), value_minor=worth)  # fmt: skip


def _metrics(draw, number):
    came = draw(st.one_of(st.none(), st.dates(date(2025, 1, 1), TODAY)))
    return {
        "customer_id": number, "visits": draw(st.integers(0, 4)), "first_visit_on": came,
        "last_visit_on": came, "net_minor": draw(st.integers(-10, 900)),
        "recency_days": came and (TODAY - came).days, "leaving": draw(st.booleans()),
        "cell": draw(st.sampled_from([None, "active/new", "silent/fan"])),
    }  # fmt: skip


COUNTS = st.sampled_from(["at_least", "equals", "at_most", "more_than", "less_than", "differs"])


def numbers(most):
    compared = st.builds(lambda how, v: {"is": how, "value": v}, COUNTS, st.integers(0, most))
    return st.one_of(compared, st.just({"is": "between", "value": [1, most]}), KNOWN)


KNOWN = st.sampled_from([{"is": "known"}, {"is": "unknown"}])
ON_DAYS = st.one_of(
    st.builds(lambda how, d: {"is": how, "value": d.isoformat()},
              st.sampled_from(["on", "before", "after"]), DAYS),
    st.builds(lambda how, n: {"is": how, "value": n},
              st.sampled_from(["in_last_days", "in_next_days", "over_days_ago"]),
              st.integers(1, 60)),
    KNOWN,
)  # fmt: skip
YES_NO = st.sampled_from([{"is": "yes"}, {"is": "no"}])


def words(*given):
    return st.one_of(
        st.builds(lambda how, v: {"is": how, "value": [v]}, st.sampled_from(["one_of", "none_of"]),
                  st.sampled_from(given)),
        KNOWN,
    )  # fmt: skip


PLAIN_WINDOWS = st.sampled_from(
    [{"last": 1, "unit": "days"}, {"last": 30, "unit": "days"}, {"last": 1, "unit": "months"},
     {"last": 2, "until": 1, "unit": "weeks"}, {"this": "month"}, {"this": "week"},
     {"previous": "month"}, {"previous": "quarter"}, {"from": "2025-02-28"},
     {"from": "2025-01-10", "to": "2025-03-30"}, {"days": 20, "after": "known_since"},
     {"days": 30, "after": "first_visit_on"}, {"days": 10, "before": "last_visit_on"},
     {"days": 300, "after": "birthday"}]
)  # fmt: skip
HOURS = st.just({"last": 30, "unit": "hours"})
GOOD = st.sampled_from(
    [{"about": "category", "is": "under", "value": ["Tea"]},
     {"about": "category", "is": "unknown"},
     {"about": "sku", "is": "one_of", "value": ["TEA-1", "cup"]},
     {"about": "sku", "is": "matches", "value": "^tea-[0-9]$"}]
)  # fmt: skip
ORDER = st.one_of(GOOD, st.just({"about": "order_amount", "is": "at_least", "value": 300}))
SEEN = st.sampled_from(
    [{"about": "text.sku", "is": "one_of", "value": ["tea-1"]},
     {"about": "text.sku", "is": "known"}, {"about": "number.price", "is": "more_than", "value": 5},
     {"about": "number.price", "is": "unknown"}, {"about": "value", "is": "at_least", "value": 1}]
)  # fmt: skip


def condition(key, about, compared, **more):
    """A condition; what has no value is left out."""

    def built(about, compared, extra):
        given = {name: value for name, value in extra.items() if value}
        return {"condition": key, "about": about, **compared, **given}

    return st.builds(built, about, compared, st.fixed_dictionaries(more))


def some(filters):
    return st.lists(filters, max_size=2)


def maybe(windows):
    return st.one_of(st.none(), windows)


ORDERS = {"where": some(ORDER), "window": maybe(PLAIN_WINDOWS)}
EVENTS = {"event": st.sampled_from(["Product Viewed", "Order Completed"]), "where": some(SEEN),
          "window": maybe(st.one_of(PLAIN_WINDOWS, HOURS))}  # fmt: skip
STEP = st.one_of(
    st.builds(lambda kind, where: {"event": kind, "where": where},
              st.sampled_from(["Product Viewed", "Order Completed"]), some(SEEN)),
    st.builds(lambda where: {"order": True, "where": where}, some(GOOD)),
)  # fmt: skip
ANY = st.sampled_from
CONDITIONS = st.one_of(
    condition("profile", st.just("gender"), words("female", "male")),
    condition("profile", st.just("age"), numbers(30)),
    condition("profile", st.just("known_since"), ON_DAYS),
    condition("place", st.just("city"), words("london", "上海")),
    condition("field", st.just("cups"), numbers(2)),
    condition("field", st.just("milk"), st.one_of(YES_NO, KNOWN)),
    condition("metric", ANY(["visits", "recency_days", "net_minor"]), numbers(90)),
    condition("metric", st.just("cell"), words("active/new", "silent/fan")),
    condition("metric", st.just("leaving"), YES_NO),
    condition("identifier", ANY(["email", "phone"]), YES_NO),
    condition("anniversary", ANY(["birthday.in", "birthday.ago"]), numbers(60)),
    condition("anniversary", st.just("birthday.month"), words("2", "3", "4")),
    condition("household", ANY(["members", "youngest", "oldest"]), numbers(2), where=some(ANY(
        [{"about": "kind", "is": "one_of", "value": ["child"]},
         {"about": "next_age", "is": "equals", "value": 1},
         {"about": "birthday_in", "is": "at_most", "value": 30}]))),
    condition("orders", ANY(["orders", "days", "units", "products"]), numbers(4), **ORDERS),
    condition("orders", ANY(["amount.sum", "amount.average", "amount.least", "amount.most"]),
              numbers(900), **ORDERS),
    condition("orders", ANY(["first_on", "last_on"]), ON_DAYS, **ORDERS),
    condition("events", ANY(["times", "days", "distinct.sku", "sum.price", "most.price",
                             "value.sum", "value.average"]), numbers(9), **EVENTS),
    condition("events", ANY(["first_on", "last_on"]), ON_DAYS, **EVENTS),
    condition("sequence", ANY(["followed", "not_followed"]), YES_NO, first=STEP, then=STEP,
              within_hours=ANY([1, 24, 72]), window=maybe(st.one_of(PLAIN_WINDOWS, HOURS))),
)  # fmt: skip
TREES = st.recursive(
    CONDITIONS,
    lambda nodes: st.builds(
        lambda match, inner: {match: inner},
        ANY(["all", "any", "none"]),
        st.lists(nodes, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
NOW = st.sampled_from([None, datetime(2025, 3, 31, 15, tzinfo=UTC)])


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(shelves(), TREES, NOW)
def test_a_segment_holds_exactly_those_whom_plain_python_finds(shelf, match, now):
    now = now or datetime.combine(TODAY + timedelta(1), time(), shelf.brand.zone)
    with _staff_fields():
        node = read_tree({"version": 1, "match": match}, brand=shelf.brand)
        found = set(members_on(node, shelf.ground(now=now)))
        naive = Naive(shelf, now)
        assert found == naive.members(match)
        reasons = answers(node, shelf.ground(now=now, only=[2]))
        assert _walked(node, iter(reasons[2])) == (2 in found)


def _walked(node, told):
    if isinstance(node, Condition):
        return next(told).holds
    return holds_together(node.match, [_walked(inner, told) for inner in node.nodes])


def _staff_fields():
    return patch.object(field, "fields_of", lambda brand: FIELDS)
