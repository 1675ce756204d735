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
_NOTHING = "'null', 'nan', 'none', 'n/a', '-', '--', '无', '无退款申请', '没有申请退款'"
_FIGURES = {What.MONEY, What.TIME}  # not a quantity: without one it would be one piece
_JUDGED = {*_FIGURES, What.NUMBER}
_NAMES = {"number", "sku"}
# As spreadsheets of several languages write them, and sheet_mistakes.py formulas without a result.
SHEET_ERROR = r"^#(N/[AD]|NV|[¡¿]?[\p{Lu}/0_]+[!?]|=.*)$"
_CELL = "<cell>"
_MISTAKE = f"{_CELL}[1] = '#' AND regexp_matches({_CELL}, '{SHEET_ERROR}')"
_NO_RESULT = f"({_MISTAKE} OR {_CELL}[1] = '=')"


def make_cells(
    db: Workbench, *, columns: Sequence[str], mapping: Mapping[str, str], fields: Iterable[Field]
) -> None:
    """Make ``cell``: row_no, and every field as a text or NULL, whether the file has it or not.

    ``mistake`` is the first figure, time, number or SKU that is an error or a formula, as
    ``price: #REF!``; ``no_figure`` the first amount that is NaN.
    """
    places = {column: f"c{place}" for place, column in enumerate(columns, start=1)}
    found = {field: places.get(mapping.get(field.key, "")) for field in fields}
    chosen = ", ".join(f'{_expression(f, column)} AS "{f.key}"' for f, column in found.items())
    names = {field.key: cleaned(column) for field, column in found.items()
             if column and field.key in _NAMES}  # fmt: skip
    figures = {field.key: cleaned(column) for field, column in found.items()
               if column and field.what in _JUDGED}  # fmt: skip
    money = {field.key: cleaned(column) for field, column in found.items()
             if column and field.what == What.MONEY}  # fmt: skip
    mistake = f"coalesce({_first(names, _MISTAKE)}, {_first(figures, _NO_RESULT)})"
    no_figure = _first(money, f"lower({_CELL}) = 'nan'")
    db.execute(
        f"""
        CREATE OR REPLACE TABLE cell AS
        SELECT row_no, {chosen}, replace({mistake}, ': #=', ': =') AS mistake,
               {no_figure} AS no_figure
        FROM raw
        """  # noqa: S608
    )


def _first(cells: Mapping[str, str], test: str) -> str:
    """SQL for the first cell of which the test is true, as ``price: NaN``."""
    tests = [f"WHEN {test.replace(_CELL, cell)} THEN '{key}: ' || left({cell}, 60)"
             for key, cell in cells.items()]  # fmt: skip
    return f"CASE {' '.join(tests)} END" if tests else "CAST(NULL AS VARCHAR)"


def cleaned(column: str) -> str:
    """Return SQL for a cell without what spreadsheets put around it, NULL when nothing is left."""
    return _CLEAN.format(column=column)


def _expression(field: Field, column: str | None) -> str:
    if column is None:
        return "CAST(NULL AS VARCHAR)"
    clean = cleaned(column)
    if field.what in _FIGURES:
        return f"CASE WHEN lower({clean}) IN ({_NOTHING}) THEN NULL ELSE {clean} END"
    if field.key in _NAMES or field.what in _JUDGED:
        return clean
    return (
        f"CASE WHEN {clean}[1] = '#' AND regexp_matches({clean}, '{SHEET_ERROR}') "
        f"THEN NULL ELSE {clean} END"
    )
