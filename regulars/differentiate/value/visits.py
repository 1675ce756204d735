"""Read visits from a file, and collapse them into histories."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regulars.differentiate.value.summary import DAYS_A_WEEK, Array
from regulars.lake.public import Workbench, workbench

WEEKS_A_YEAR = 365.25 / DAYS_A_WEEK
OCCASIONS = ("week", "month", "quarter", "year")
FORMATS = (
    "%Y-%m-%d",
    "%Y%m%d",
    "%Y-%m-%d %H:%M:%S",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d.%m.%Y",
)


class UnusableFile(Exception):
    """The file does not hold visits as the columns were named."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what: a name of the header, or a number counted from one."""

    customer: str
    day: str
    value: str | None = None


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
        _load(bench, file)
        names = [row[0] for row in bench.execute("DESCRIBE raw").fetchall()]
        customer, day = _column(names, columns.customer), _column(names, columns.day)
        value = f"TRY_CAST({_column(names, columns.value)} AS DOUBLE)" if columns.value else "1.0"
        _days(bench, customer, day, value)
        return _collapse(bench, ends_on, _clock(occasion), has_value=columns.value is not None)


def _load(bench: Workbench, file: Path) -> None:
    if not file.exists():
        raise UnusableFile(f"There is no file {file}.")
    with file.open("rb") as opened:
        first = opened.readline(100_000).decode("utf-8", errors="replace")
    if not first.strip():
        raise UnusableFile(f"The first line of {file} is empty; a row is expected there.")
    if re.search(r"[,;\t|]", first):
        read = "CREATE TABLE raw AS SELECT * FROM read_csv(?, all_varchar = true)"
        bench.execute(read, [str(file)])
    else:
        _load_words(bench, file, first.split())


def _load_words(bench: Workbench, file: Path, words: list[str]) -> None:
    """Load a file whose columns are set apart by blanks, with or without a header."""
    named = bool(words) and not any(re.fullmatch(r"[\d.]+", word) for word in words)
    parts = ", ".join(f"w[{i}] AS column{i}" for i in range(1, len(words) + 1))
    bench.execute(
        f"CREATE TABLE raw AS SELECT {parts} FROM ("  # noqa: S608 -- names are quoted
        "SELECT string_split_regex(trim(line), '\\s+') AS w FROM read_csv(?, "
        "columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '',"
        f" header = false, skip = {int(named)}))",
        [str(file)],
    )
    for i, word in enumerate(words, 1):
        if named:
            bench.execute(f'ALTER TABLE raw RENAME COLUMN column{i} TO "{_quoted(word)}"')


def _quoted(name: str) -> str:
    return name.replace('"', '""')


def _column(names: list[str], wanted: str) -> str:
    if wanted in names:
        return f'"{_quoted(wanted)}"'
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return f'"{_quoted(names[int(wanted) - 1])}"'
    known = ", ".join(names[:20])
    raise UnusableFile(f"The file has no column {wanted!r}. Its columns are: {known}.")


def _days(bench: Workbench, customer: str, day: str, value: str) -> None:
    formats = "[" + ", ".join(f"'{f}'" for f in FORMATS) + "]"
    bench.execute(
        f"CREATE TABLE days AS SELECT {customer} AS customer,"  # noqa: S608 -- names are quoted
        f" CAST(try_strptime(trim({day}), {formats}) AS DATE) AS day, {value} AS value FROM raw"
    )
    bad = bench.execute("SELECT count(*) FROM days WHERE day IS NULL").fetchone()
    if bad and bad[0]:
        raise UnusableFile(f"{bad[0]} rows have no date that can be read in the column {day}.")
    bench.execute(
        "CREATE TABLE visits AS SELECT customer, day, sum(value) AS value FROM days"
        " WHERE customer IS NOT NULL GROUP BY ALL HAVING sum(value) >= 0"
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
        raise UnusableFile("The file holds no visit.")
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
