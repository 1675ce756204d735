"""Whatever can be asked: conditions of every family, alone and nested."""

from hypothesis import strategies as st

from regulars.differentiate.segments.tests.facts_drawn import DAYS

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


PARTS = st.builds(
    lambda how, v: {"is": how, "value": v},
    st.sampled_from(["contains", "starts_with", "ends_with"]), st.sampled_from(["LON", "a", "海"]),
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
     {"about": "maker", "is": "one_of", "value": ["ito"]},
     {"about": "product", "is": "contains", "value": "A"},
     {"about": "sku", "is": "matches", "value": "^tea-[0-9]$"}]
)  # fmt: skip
SOLD = st.sampled_from(
    [{"about": "order_amount", "is": "at_least", "value": 300},
     {"about": "branch", "is": "one_of", "value": ["1"]},
     {"about": "channel", "is": "none_of", "value": ["WEB"]},
     {"about": "coupon", "is": "one_of", "value": ["Spring"]},
     {"about": "coupon", "is": "unknown"}]
)  # fmt: skip
ORDER = st.one_of(GOOD, SOLD)
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
ANNIVERSARIES = ("birthday", "known_since", "first_visit")
FAMILIES = {
    "anniversary": st.one_of(
        condition("anniversary", ANY([f"{what}.{ask}" for what in ANNIVERSARIES
                                      for ask in ("in", "ago")]), numbers(60)),
        condition("anniversary", ANY([f"{what}.month" for what in ANNIVERSARIES]),
                  words("2", "3", "4")),
    ),
    "events": st.one_of(
        condition("events", ANY(["times", "days", "distinct.sku", "sum.price", "average.price",
                                 "least.price", "most.price", "value.sum", "value.average",
                                 "value.least", "value.most"]), numbers(9), **EVENTS),
        condition("events", ANY(["first_on", "last_on"]), ON_DAYS, **EVENTS),
    ),
    "field": st.one_of(
        condition("field", st.just("cups"), numbers(2)),
        condition("field", st.just("milk"), st.one_of(YES_NO, KNOWN)),
        condition("field", st.just("blend"), st.one_of(words("breakfast"), PARTS)),
        condition("field", st.just("roast"), words("dark", "light")),
        condition("field", st.just("since"), ON_DAYS),
    ),
    "household": condition(
        "household", ANY(["members", "youngest", "oldest"]), numbers(2), where=some(ANY(
            [{"about": "kind", "is": "one_of", "value": ["child"]},
             {"about": "age", "is": "at_least", "value": 1},
             {"about": "born_on", "is": "after", "value": "2024-03-31"},
             {"about": "next_age", "is": "equals", "value": 1},
             {"about": "birthday_in", "is": "at_most", "value": 30}]))),
    "identifier": condition("identifier", ANY(["email", "phone"]), YES_NO),
    "list": condition("list", st.just("1"), YES_NO),
    "metric": st.one_of(
        condition("metric", ANY(["visits", "recency_days", "net_minor"]), numbers(90)),
        condition("metric", ANY(["first_visit_on", "last_visit_on"]), ON_DAYS),
        condition("metric", st.just("cell"), words("active/new", "silent/fan")),
        condition("metric", st.just("leaving"), YES_NO),
    ),
    "orders": st.one_of(
        condition("orders", ANY(["orders", "days", "units", "products", "categories", "makers",
                                 "branches", "channels"]), numbers(4), **ORDERS),
        condition("orders", ANY(["amount.sum", "amount.average", "amount.least", "amount.most",
                                 "discount.sum"]), numbers(900), **ORDERS),
        condition("orders", ANY(["first_on", "last_on"]), ON_DAYS, **ORDERS),
    ),
    "place": st.one_of(
        condition("place", st.just("city"), st.one_of(words("london", "上海"), PARTS)),
        condition("place", st.just("region"), words("Kent")),
        condition("place", st.just("country"), words("GB", "cn")),
        condition("place", st.just("branch"), words("1", "2")),
        condition("place", st.just("branch_in_city"), st.one_of(YES_NO, KNOWN)),
    ),
    "profile": st.one_of(
        condition("profile", st.just("gender"), words("female", "male")),
        condition("profile", st.just("language"), words("en", "zh-hans")),
        condition("profile", st.just("source"), st.one_of(words("walk-in", "WEB"), PARTS)),
        condition("profile", st.just("age"), numbers(30)),
        condition("profile", st.just("known_since"), ON_DAYS),
    ),
    "segment": condition("segment", ANY(["1", "2"]), YES_NO),
    "sequence": condition(
        "sequence", ANY(["followed", "not_followed"]), YES_NO, first=STEP, then=STEP,
        within_hours=ANY([1, 24, 72]), window=maybe(st.one_of(PLAIN_WINDOWS, HOURS))),
    "share": condition("share", st.just("share"), numbers(100), seed=ANY(["pilot", "茶"])),
    "worth": st.one_of(
        condition("worth", ANY(["alive", "expected_visits"]), numbers(1)),
        condition("worth", ANY(["expected_value_minor", "at_stake_minor", "past_profit_minor",
                                "expected_profit_minor", "lifetime_minor"]), numbers(600)),
        condition("worth", ANY(["next_visit_on", "act_on"]), ON_DAYS),
        condition("worth", st.just("churn_state"), words("safe", "at-risk")),
    ),
}  # fmt: skip
CONDITIONS = st.one_of(*FAMILIES.values())
TREES = st.recursive(
    CONDITIONS,
    lambda nodes: st.builds(
        lambda match, inner: {match: inner},
        ANY(["all", "any", "none"]),
        st.lists(nodes, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
