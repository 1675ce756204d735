"""Facts as they come: late, twice, given back, unknown, and on both sides of midnight."""

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from regulars.differentiate.segments.tests.shelf import OTHER_BRAND, Shelf

TODAY = date(2025, 3, 31)
ZONES = ("UTC", "Europe/London", "Asia/Shanghai", "America/New_York")
WORDS = st.sampled_from(["", "London", "london", "上海"])
GOODS = (
    (1, "tea-1", "Tea/Green", "Sencha", "Ito"), (2, "tea-2", "Tea/Black", "Assam", "Rao"),
    (3, "cup", "Teaware", "Cup", "Ito"), (4, "x", "", "", ""),
)  # fmt: skip
OWN = [{}, {"cups": 2, "blend": "Breakfast"}, {"cups": 0.5, "milk": True, "since": "2025-03-01"},
       {"milk": False, "blend": "", "since": "soon"}, {"roast": "dark"}]  # fmt: skip
MOMENTS = st.one_of(
    st.datetimes(datetime(2025, 3, 25), datetime(2025, 4, 2)),  # noqa: DTZ001
    st.datetimes(datetime(2024, 12, 20), datetime(2025, 4, 2)),  # noqa: DTZ001
).map(lambda at: at.replace(tzinfo=UTC, microsecond=0))
DAYS = st.dates(date(2025, 1, 1), date(2025, 4, 10))
BORN = st.one_of(
    st.none(),
    st.sampled_from([date(2000, 2, 29), date(2024, 4, 1), date(2024, 3, 31), date(1990, 12, 31)]),
)
BRANCHES = st.sampled_from([None, 1, 2])
PROFILES = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["", "en", "zh-hans"]),
        "source": st.sampled_from(["", "Walk-in", "web"]),
        "region": st.sampled_from(["", "Kent"]),
        "country": st.sampled_from(["", "GB", "CN"]),
    }
)
PLACES = st.fixed_dictionaries(
    {
        "branch_id": BRANCHES,
        "channel": st.sampled_from(["", "web", "Store"]),
        "coupon": st.sampled_from(["", "SPRING", "spring"]),
    }
)


@st.composite
def shelves(draw):
    shelf = Shelf(today=TODAY, zone=draw(st.sampled_from(ZONES)))
    who = st.sampled_from([1, 2, 3, 4, None])
    for number in (1, 2, 3):
        shelf.customer(
            number, city=draw(WORDS), born_on=draw(BORN), created_at=draw(MOMENTS),
            gender=draw(st.sampled_from(["", "female", "male"])),
            fields=json.dumps(draw(st.sampled_from(OWN))), branch_id=draw(BRANCHES),
            **draw(PROFILES),
        )  # fmt: skip
    shelf.customer(4, alias_of=draw(st.integers(1, 3)))
    shelf.customer(9, brand_id=OTHER_BRAND)
    for number, sku, category, name, maker in GOODS:
        shelf.add("products", id=number, sku=sku, category=category, name=name, maker=maker)
    _commerce(draw, shelf, who)
    _events(draw, shelf, who)
    for number in (1, 2):
        if draw(st.booleans()):
            shelf.metrics.append(_metrics(draw, number))
            shelf.values.append(_values(draw, number))
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
        shelf.order(draw(who), at, *bought, **draw(PLACES))
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


def _values(draw, number):
    """What models said; where they had nothing to go by, nothing."""
    amount, day = st.one_of(st.none(), st.integers(-50, 900)), st.one_of(st.none(), DAYS)
    named = ("expected_value_minor", "at_stake_minor", "past_profit_minor",
             "expected_profit_minor", "lifetime_minor", "refund_minor")  # fmt: skip
    return {
        "customer_id": number, "alive": draw(st.sampled_from([None, 0.0, 0.25, 1.0])),
        "expected_visits": draw(st.sampled_from([None, 0.5, 3.0])),
        "dearer_share": draw(st.sampled_from([None, 0.05, 0.4])),
        **{name: draw(amount) for name in named},
        "next_visit_on": draw(day), "act_on": draw(day), "gone_on": draw(day),
        "churn_state": draw(st.sampled_from([None, "safe", "at-risk", "lost"])),
    }  # fmt: skip
