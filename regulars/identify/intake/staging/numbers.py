"""Read numbers as people write them: ``1,234.50``, ``1.234,50``, ``¥12``, ``(3.00)``."""

from collections.abc import Collection

from regulars.lake.public import Workbench

POINT, COMMA = "point", "comma"
_WIDE = "'０１２３４５６７８９．，－（）＋￥−–’', '0123456789.,-()+¥--'''"
_SIGN = "[$€£¥₹₩₫₽₺฿元圆円]"
_BEFORE = rf"(?:[A-Z]{{3}}|(?:AU|CA|HK|NT|NZ|US|A|C|R|S)?{_SIGN}|CN¥|kr\.?|Fr\.?|RM|Rs\.?|Rp|R)?"
_AFTER = rf"(?:[A-Z]{{3}}|{_SIGN}|kr\.?|zł|Kč|Ft|lei)?"
_GROUPS = {POINT: "[, '\\x{a0}\\x{202f}]", COMMA: "[. '\\x{a0}\\x{202f}]"}
_MARKS = {POINT: r"\.", COMMA: ","}


def decimal_mark(db: Workbench, keys: Collection[str], *, delimiter: str) -> str:
    """Tell from all figures of a file whether decimals follow a point or a comma.

    ``1,234`` alone tells nothing; then the delimiter does: who separates cells by semicolons needs
    the comma for decimals.
    """
    if not keys:
        return POINT
    texts = " UNION ALL ".join(f"SELECT {key} AS figure FROM cell" for key in keys)  # noqa: S608
    found = db.execute(
        rf"""
        SELECT count(*) FILTER (regexp_matches(figure, '\.\d{{3}}[.,]|,\d{{1,2}}\D*$|,\d{{4,}}')),
               count(*) FILTER (regexp_matches(figure, ',\d{{3}}[.,]|\.\d{{1,2}}\D*$|\.\d{{4,}}')),
               count(*) FILTER (regexp_matches(figure, '\d\.\d{{3}}\D*$'))
        FROM ({texts}) WHERE contains(figure, ',') OR contains(figure, '.')
        """  # noqa: S608
    ).fetchone()
    comma, point, unclear = found or (0, 0, 0)
    if comma == point:
        return COMMA if delimiter == ";" and not unclear else POINT
    return COMMA if comma > point else POINT


def number(key: str, *, mark: str, places: int = 6) -> str:
    """Return SQL for the number in a text column, NULL when it is none; signs before or after."""
    wanted = f"DECIMAL(18, {places})"  # the widest that is quick
    plain = f"TRY_CAST({key} AS {wanted})" if mark == POINT else "NULL"
    return f"coalesce({plain}, {_cleaned(key, mark, wanted)})"


def _cleaned(key: str, mark: str, wanted: str) -> str:
    text = f"trim(translate({key}, {_WIDE}))"
    group, decimal = _GROUPS[mark], _MARKS[mark]
    figure = rf"(?:\d{{1,3}}(?:{group}\d{{2,4}})*{group}\d{{3}}|\d+)?(?:{decimal}\d*)?"
    shape = rf"\(?(?:[-+]?\s*{_BEFORE}|{_BEFORE}\s*[-+]?)\s*{figure}\s*{_AFTER}\s*-?\)?"
    shape = shape.replace("'", "''")
    bare = f"regexp_replace({text}, '[A-Za-z]+\\.', '')"  # the point of kr. and Rs. is no decimal
    digits = f"replace(regexp_replace({bare}, '[^0-9{decimal}]', '', 'g'), '{_comma(mark)}', '.')"
    sign = f"CASE WHEN regexp_matches({text}, '[-(]') THEN -1 ELSE 1 END"
    return (
        f"CASE WHEN regexp_full_match({text}, '{shape}')"
        f" THEN CAST({sign} * TRY_CAST({digits} AS {wanted}) AS {wanted}) END"
    )


def _comma(mark: str) -> str:
    return "," if mark == COMMA else "."


def minor(amount: str, *, exponent: int) -> str:
    """Return SQL for an amount in whole minor units, halves away from zero; NULL beyond 10^15."""
    return f"TRY(CAST(round(({amount}) * {10**exponent}) AS DECIMAL(15, 0)))::BIGINT"
