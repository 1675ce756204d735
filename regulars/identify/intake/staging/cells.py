"""Give the columns of a file the names of fields, and their cells the same form everywhere."""

from collections.abc import Iterable, Mapping, Sequence

from regulars.identify.intake.mapping.field import Field, What
from regulars.lake.public import Workbench

# Excel and Taobao write ="00123" to keep zeros, others an apostrophe before what looks like one.
# Most cells need nothing: one look at their ends tells.
_BLANKS = "\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"
_TRIMMED = f"trim({{column}}, E' \\t\\r\\n{_BLANKS}')"
_SHOWN = _TRIMMED.replace("{column}", f"{_TRIMMED}[2:]")
_CLEAN = f"""
    nullif(CASE WHEN NOT regexp_matches({{column}}, '^[\\s{_BLANKS}=''\"]|[\\s{_BLANKS}]$')
                THEN {{column}}
                WHEN starts_with({_TRIMMED}, '="') THEN trim({_TRIMMED}[3:-2])
                WHEN regexp_matches({_TRIMMED}, '^''[-+=@0-9\\t\\r]') THEN {_SHOWN}
                ELSE {_TRIMMED} END, '')
"""
_NOTHING = "'null', 'nan', 'none', 'n/a', '#n/a', '-', '--', '无', '无退款申请', '没有申请退款'"
_FIGURES = {What.MONEY, What.TIME}  # not a quantity: without one it would be one piece


def make_cells(
    db: Workbench, *, columns: Sequence[str], mapping: Mapping[str, str], fields: Iterable[Field]
) -> None:
    """Make ``cell``: row_no, and every field as a text or NULL, whether the file has it or not."""
    places = {column: f"c{place}" for place, column in enumerate(columns, start=1)}
    chosen = ", ".join(
        f'{_expression(field, places.get(mapping.get(field.key, "")))} AS "{field.key}"'
        for field in fields
    )
    db.execute(f"CREATE OR REPLACE TABLE cell AS SELECT row_no, {chosen} FROM raw")  # noqa: S608


def cleaned(column: str) -> str:
    """Return SQL for a cell without what spreadsheets put around it, NULL when nothing is left."""
    return _CLEAN.format(column=column)


def _expression(field: Field, column: str | None) -> str:
    if column is None:
        return "CAST(NULL AS VARCHAR)"
    clean = cleaned(column)
    if field.what in _FIGURES:
        return f"CASE WHEN lower({clean}) IN ({_NOTHING}) THEN NULL ELSE {clean} END"
    return clean
