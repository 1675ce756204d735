"""What the app of values keeps of customers, to stand beside their metrics in a file.

Metrics know its table by name only, as they do that of segments: who writes it stands above them.
"""

from datetime import date
from typing import TYPE_CHECKING

from regulars.lake.public import NotInTheLake, Reading

if TYPE_CHECKING:
    import ibis

VALUES = "customer_value"
VALUED_ON = "valued_on"
VALUE_COLUMNS = {
    "alive": "float64",
    "expected_visits": "float64",
    "expected_value_minor": "int64",
    "expected_profit_minor": "int64",
    "past_profit_minor": "int64",
    "lifetime_minor": "int64",
    "next_visit_on": "date",
    "act_on": "date",
    "churn_state": "string",
}


def with_values(rows: "ibis.Table", lake: Reading, *, brand_id: int, day: date) -> "ibis.Table":
    """Add what customers were found to be worth on the newest day up to ``day``; nulls if never.

    ``valued_on`` is that day.
    """
    import ibis  # at the first question: a start should not wait for it

    try:
        kept = lake.computed(VALUES)
    except NotInTheLake:
        unknown = {name: ibis.null(kind) for name, kind in VALUE_COLUMNS.items()}
        return rows.mutate(**{VALUED_ON: ibis.null("date")}, **unknown)
    mine = kept.filter(kept.brand_id == brand_id, kept.as_of <= day)
    newest = mine.filter(mine.as_of == mine.as_of.max())
    values = newest.select("customer_id", *VALUE_COLUMNS, **{VALUED_ON: newest.as_of})
    return rows.left_join(values, "customer_id").drop("customer_id_right")
