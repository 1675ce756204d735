"""All metrics as a careful user of pandas would compute them: the same definitions, the same files.

No index where a column does, whole columns at a time, dates as numbers, two groupings of all days.
"""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

AGES, OFTEN = ["active", "silent", "dormant", "churned"], ["new", "second-time", "regular", "fan"]
YEAR = np.timedelta64(365, "D")


def measure_in_pandas(lake: Path, *, as_of: date, before: date, to: Path) -> dict[str, int]:
    """Compute and write customers, cohorts and days; return how many people each cell has."""
    today, then = np.datetime64(as_of), np.datetime64(before)
    orders, refunds = _orders(lake, then), _refunds(lake)
    days = _days(orders)
    people, window = _people(lake, days, refunds, today, then)
    _judge(people, window, days["interval"].median(), today, then)
    people.to_parquet(to / "customers.parquet")
    _cohorts(days, people).to_parquet(to / "cohorts.parquet")
    _daily(orders, refunds, days, people).to_parquet(to / "daily.parquet")
    best = np.sort(people.net[people.visits > 0].to_numpy())[::-1]
    pd.Series(np.cumsum(best) / best.sum()).quantile(np.linspace(0, 1, 101))
    return {str(cell): int(seen) for cell, seen in people.cell.value_counts().items() if seen}


def _read(path: Path, *columns: str) -> pd.DataFrame:
    return pq.read_table(path, columns=list(columns)).to_pandas(date_as_object=False)


def _refunds(lake: Path) -> pd.DataFrame:
    return _read(lake / "refunds.parquet", "id", "customer_id", "branch_id", "refunded_on",
                 "amount_minor")  # fmt: skip


def _orders(lake: Path, then: np.datetime64) -> pd.DataFrame:
    orders = _read(lake / "orders.parquet", "id", "customer_id", "branch_id", "placed_on",
                   "net_minor", "discount_minor")  # fmt: skip
    matches = _read(lake / "refund_matches.parquet", "refund_line_id", "order_id", "amount_minor")
    lines = _read(lake / "refund_lines.parquet", "id", "refund_id").rename(
        columns={"id": "refund_line_id"}
    )
    on = _refunds(lake)[["id", "refunded_on"]].rename(columns={"id": "refund_id"})
    matches = matches.merge(lines, on="refund_line_id").merge(on, on="refund_id")
    back = matches.groupby("order_id").amount_minor.sum()
    since = matches[matches.refunded_on > then].groupby("order_id").amount_minor.sum()
    orders["value"] = orders.net_minor - orders.id.map(back).fillna(0)
    orders["undone"] = orders.id.map(since).fillna(0)
    return orders


def _days(orders: pd.DataFrame) -> pd.DataFrame:
    known = orders.dropna(subset="customer_id")
    days = known.groupby(["customer_id", "placed_on"], as_index=False).agg(
        orders=("id", "size"), value=("value", "sum"), discount=("discount_minor", "sum"),
        undone=("undone", "sum"),
    )  # fmt: skip
    days["visit"] = days.value > 0
    visits = days[days.visit]
    days["interval"] = visits.groupby("customer_id").placed_on.diff().dt.days
    return days


def _people(
    lake: Path, days: pd.DataFrame, refunds: pd.DataFrame, today: np.datetime64, then: np.datetime64
) -> tuple[pd.DataFrame, float]:
    visits = days[days.visit]
    people = visits.groupby("customer_id").agg(
        visits=("value", "size"), first_on=("placed_on", "min"), last_on=("placed_on", "max"),
        cadence=("interval", "median"),
    )  # fmt: skip
    everything = days.groupby("customer_id").agg(
        orders=("orders", "sum"), value=("value", "sum"), discount=("discount", "sum")
    )
    year = visits[visits.placed_on > today - YEAR].groupby("customer_id").value.agg(["size", "sum"])
    was = days[(days.placed_on <= then) & (days.value + days.undone > 0)]
    was = was.groupby("customer_id").placed_on.agg(["size", "max"])
    customers = _read(lake / "customers.parquet", "id", "branch_id").set_index("id")
    people = customers.join(everything).join(people)
    people = people.join(year.set_axis(["visits_year", "value_year"], axis=1))
    people = people.join(was.set_axis(["visits_before", "last_on_before"], axis=1))
    lines = _read(lake / "refund_lines.parquet", "id", "refund_id")
    matches = _read(lake / "refund_matches.parquet", "refund_line_id", "amount_minor")
    matched = matches.merge(lines, left_on="refund_line_id", right_on="id")
    matched = matched.groupby("refund_id").amount_minor.sum()
    loose = refunds.amount_minor - refunds.id.map(matched).fillna(0)
    people["refunded"] = refunds.groupby("customer_id").amount_minor.sum()
    people["unmatched"] = loose.groupby(refunds.customer_id).sum()
    counted = ["orders", "value", "discount", "visits", "visits_year", "value_year", "refunded",
               "unmatched", "visits_before"]  # fmt: skip
    people[counted] = people[counted].fillna(0)
    people["net"] = people.value - people.unmatched
    people["average_order"] = (people.value / people.orders.replace(0, np.nan)).round()
    return people, days["interval"].quantile(0.8)


def _judge(
    people: pd.DataFrame, window: float, median: float, today: np.datetime64, then: np.datetime64
) -> None:
    came = people.visits > 0
    people["recency"] = (today - people.last_on).dt.days
    scored = {"r": -people.recency, "f": people.visits.where(came), "m": people.net.where(came)}
    for name, column in scored.items():
        below = (column.rank(method="min") - 1) / came.sum()
        people[name] = np.minimum(1 + np.floor(5 * below), 5)
    people["net_rank"] = people.net.where(came).rank(method="first", ascending=False)
    people["cell"] = _cell(people.recency, people.visits, window)
    recency_before = (then - people.last_on_before).dt.days
    people["cell_before"] = _cell(recency_before, people.visits_before, window)
    people["leaving"] = (window - people.recency).between(0, 7)
    people["cadence"] = people.cadence.where(people.visits >= 3, median)
    whole = np.floor(people.cadence + 0.5)
    people["due_in"] = whole - people.recency
    states = [people.due_in < 0, people.due_in <= 7, people.due_in > 7]
    people["due_state"] = np.select(states, ["overdue", "due", "later"], "")
    people["due_on"] = people.last_on + pd.to_timedelta(whole, unit="D")
    people["active_until"] = people.last_on + np.timedelta64(int(window), "D")


def _cell(recency: pd.Series, visits: pd.Series, window: float) -> pd.Series:
    ages = pd.cut(recency, [-1, window, 2 * window, 4 * window, np.inf], labels=AGES)
    often = pd.cut(visits, [0, 1, 2, 5, np.inf], labels=OFTEN)
    return (ages.astype(object) + "/" + often.astype(object)).astype("category")


def _cohorts(days: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    visits = days.loc[days.visit, ["customer_id", "placed_on", "value"]]
    visits["month"] = visits.placed_on.to_numpy().astype("datetime64[M]").astype("datetime64[s]")
    first = people.first_on.to_numpy().astype("datetime64[M]").astype("datetime64[s]")
    visits["cohort"] = visits.customer_id.map(pd.Series(first, people.index))
    visits["branch_id"] = visits.customer_id.map(people.branch_id)
    visits["fresh"] = ~visits.duplicated(["customer_id", "month"])
    by = visits.groupby(["branch_id", "cohort", "month"], as_index=False)
    return by.agg(people=("fresh", "sum"), visits=("value", "size"), value=("value", "sum"))


def _daily(
    orders: pd.DataFrame, refunds: pd.DataFrame, days: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    visits = days.loc[days.visit, ["customer_id", "placed_on"]]
    visits["branch_id"] = visits.customer_id.map(people.branch_id)
    visits["newcomer"] = days.interval.isna()
    came = visits.groupby(["branch_id", "placed_on"]).newcomer.agg(["size", "sum"])
    orders["strange"] = orders.customer_id.isna()
    orders["strange_minor"] = orders.net_minor.where(orders.strange, 0)
    sold = orders.groupby(["branch_id", "placed_on"]).agg(
        orders=("id", "size"), ordered=("net_minor", "sum"), strangers=("strange", "sum"),
        strangers_minor=("strange_minor", "sum"),
    )  # fmt: skip
    back = refunds.groupby(["branch_id", "refunded_on"]).amount_minor.sum()
    back.index = back.index.set_names(["branch_id", "placed_on"])
    whole = came.join(sold, how="outer").join(back, how="outer")
    return whole.reset_index()
