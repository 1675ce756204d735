"""Read visits from a file, and collapse them into histories."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regulars.differentiate.value.purchase_file import UnusableFile, column, load
from regulars.differentiate.value.purchase_texts import amount_of, day_of
from regulars.differentiate.value.summary import DAYS_A_WEEK, Array
from regulars.lake.public import Workbench, workbench

OCCASIONS = ("week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what: a name of the header, or a number counted from one.

    ``form`` is how days are written, as in "%d.%m.%Y"; found out where it is not said.
    """

    customer: str
    day: str
    value: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """One row a customer, until the end of calibration; arrays of shape (customers,).

    ``x`` repeat visits, ``t_x`` and ``t`` in weeks, ``value`` mean value of repeat visits (0 when
    there is none or no value was named), ``later`` visits after calibration, within ``holdout``
    weeks. Counted by occasions, all of them are so many calendar months, or whatever was asked for.
    """

    customer: list[str]
    x: Array
    t_x: Array
    t: Array
    value: Array
    later: Array
    ends_on: date
    holdout: float


def read_visits(
    file: Path, columns: Columns, *, ends_on: date | None = None, occasion: str = ""
) -> Visits:
    """Read the visits of ``file``: a visit is a day on which a customer appears.

    A day whose values add up to less than nothing is a return, and no visit. ``ends_on`` is the
    last day of calibration; the last day of the file when left out. With an ``occasion``, one of
    OCCASIONS, a visit is a calendar week, month … with such a day. Raises UnusableFile.
    """
    with workbench() as bench:
        _days(bench, load(bench, file), columns)
        return _collapse(bench, ends_on, _clock(occasion), has_value=columns.value is not None)


def _days(bench: Workbench, names: list[str], columns: Columns) -> None:
    """Make the table ``visits``: one row a customer and day, with what was paid."""
    customer, text = column(names, columns.customer), column(names, columns.day)
    day = day_of(bench, text, form=columns.form)
    value = amount_of(bench, column(names, columns.value)) if columns.value else "1.0"
    bench.execute(
        f"CREATE TABLE visits AS SELECT {customer} AS customer, {day} AS day,"  # noqa: S608
        f" sum({value}) AS value FROM raw WHERE {customer} IS NOT NULL"
        f" GROUP BY ALL HAVING sum({value}) >= 0"
    )


@dataclass(frozen=True, slots=True)
class _Clock:
    """How time is counted: SQL for the time between two days, and for the visits of some days."""

    between: str
    visits: str


def _clock(occasion: str) -> _Clock:
    if not occasion:
        return _Clock(f"(({{1}} - {{0}}) / {DAYS_A_WEEK}.0)", "count(*)")
    if occasion not in OCCASIONS:
        raise UnusableFile(f"{occasion} is no occasion: name one of {', '.join(OCCASIONS)}.")
    between = f"date_diff('{occasion}', {{0}}, {{1}})"
    return _Clock(between, f"count(DISTINCT {between.format('first', 'day')})")


def _collapse(bench: Workbench, ends_on: date | None, clock: _Clock, *, has_value: bool) -> Visits:
    last = bench.execute("SELECT max(day) FROM visits").fetchone()
    if last is None or last[0] is None:
        raise UnusableFile(
            "The file holds no visit: no row names a customer on a day worth nothing or more."
        )
    end = ends_on or last[0]
    mean = "coalesce(avg(value) FILTER (day > first AND day <= $end), 0)" if has_value else "0.0"
    first = "any_value(first)"
    last_seen = "max(day) FILTER (day <= $end)"
    rows = bench.execute(
        f"""
        WITH born AS (SELECT *, min(day) OVER (PARTITION BY customer) AS first FROM visits)
        SELECT customer,
               ({clock.visits} FILTER (day <= $end) - 1)::DOUBLE AS x,
               {clock.between.format(first, last_seen)}::DOUBLE AS t_x,
               {clock.between.format(first, "$end::DATE")}::DOUBLE AS t,
               {mean}::DOUBLE AS value,
               ({clock.visits} FILTER (day > $end))::DOUBLE AS later,
               {clock.between.format("$end::DATE", "$last::DATE")}::DOUBLE AS holdout
        FROM born WHERE first <= $end GROUP BY customer ORDER BY customer
        """,  # noqa: S608 -- no word of it comes from outside
        {"end": end, "last": last[0]},
    ).fetchnumpy()
    if not len(rows["x"]):
        raise UnusableFile(f"No customer had come by {end}.")
    return Visits(
        customer=[str(c) for c in rows["customer"]],
        **{name: rows[name].astype(float) for name in ("x", "t_x", "t", "value", "later")},
        ends_on=end,
        holdout=max(float(rows["holdout"][0]), 0.0),
    )
