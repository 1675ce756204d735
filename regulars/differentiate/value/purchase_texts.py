"""Read the days and amounts of a file of purchases: all rows in one way, or not at all."""

from datetime import date, timedelta

from regulars.differentiate.value.purchase_file import UnusableFile
from regulars.lake.public import Workbench, WorkbenchFailed

FORMS = (
    "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%Y年%m月%d日",
)  # fmt: skip
EARLIEST = date(1900, 1, 1)
TIME_OF_DAY = "[T ]+\\d{1,2}:\\d{2}.*$"


def day_of(bench: Workbench, column: str, *, form: str | None = None) -> str:
    """Return the SQL of the day in a column of ``raw``, written in one form in all rows.

    A time of day, with whatever zone, is cut off: the day is as it is written. Raises UnusableFile
    when no form reads every row, when the day and the month cannot be told apart, and for days
    before 1900 or after tomorrow.
    """
    text = f"trim({column})"
    if form is None:
        text = f"regexp_replace({text}, '{TIME_OF_DAY}', '')"
        form = _form(bench, column, text)
    else:
        _refuse_unread(bench, column, text, form)
    day = f"CAST({_read(text, form)} AS DATE)"
    _refuse_other_times(bench, column, day)
    return day


def amount_of(bench: Workbench, column: str) -> str:
    """Return the SQL of the amount in a column of ``raw``. Raises UnusableFile."""
    amount = f"TRY_CAST(trim({column}) AS DOUBLE)"
    bad, example = _those(bench, column, f"NOT coalesce(isfinite({amount}), false)")
    if bad:
        raise UnusableFile(
            f"Rows without a number in the column {column}: {bad}, such as {example}. Amounts are "
            "expected like 1250.50, without signs and without marks between thousands."
        )
    return amount


def _form(bench: Workbench, column: str, text: str) -> str:
    """Find the form that reads every row; where the day may come first or the month, ask."""
    unread = ", ".join(f"count(*) FILTER ({_read(text, form)} IS NULL)" for form in FORMS)
    counts = bench.execute(f"SELECT {unread} FROM raw").fetchone() or ()  # noqa: S608
    fitting = [form for form, bad in zip(FORMS, counts, strict=True) if not bad]
    if not fitting:
        least, likely = min((bad, form) for bad, form in zip(counts, FORMS, strict=True))
        rows = (bench.execute("SELECT count(*) FROM raw").fetchone() or (0,))[0]
        _refuse_unread(bench, column, text, likely if least < rows else FORMS[0])
    if len(fitting) > 1:
        first, second = (_read(text, form) for form in fitting[:2])
        differ, example = _those(bench, column, f"{first} <> {second}")
        if differ:
            raise UnusableFile(
                f"In the column {column} the day may come first or the month, as in {example}. "
                f'Say which: --date-format "{fitting[0]}" or "{fitting[1]}".'
            )
    return fitting[0] if fitting else FORMS[0]


def _refuse_unread(bench: Workbench, column: str, text: str, form: str) -> None:
    try:
        bad, example = _those(bench, column, f"{_read(text, form)} IS NULL")
    except WorkbenchFailed as error:
        raise UnusableFile(f"{form} is no form of a day: one like %d.%m.%Y is.") from error
    if bad:
        raise UnusableFile(
            f"Rows without a day like {form} in the column {column}: {bad}, such as {example}. "
            'One form must hold for all rows; another is named by --date-format, as in "%d.%m.%Y".'
        )


def _refuse_other_times(bench: Workbench, column: str, day: str) -> None:
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 -- files know no zone
    outside = f"{day} NOT BETWEEN DATE '{EARLIEST}' AND DATE '{tomorrow}'"
    bad, example = _those(bench, column, outside)
    if bad:
        raise UnusableFile(
            f"Rows of days to come, or from before {EARLIEST.year}: {bad}, such as {example}. "
            "Nobody can have bought then."
        )


def _those(bench: Workbench, column: str, which: str) -> tuple[int, str]:
    """Count the rows of which something holds, and give the cell of one."""
    found = bench.execute(
        f"SELECT count(*), min({column}) FROM raw WHERE {which}"  # noqa: S608 -- names are quoted
    ).fetchone() or (0, None)
    return found[0], "an empty cell" if found[1] is None else repr(found[1])


def _read(text: str, form: str) -> str:
    written = form.replace("'", "''")
    return f"try_strptime({text}, '{written}')"
