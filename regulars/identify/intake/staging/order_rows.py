"""Read every row of an order file: what was sold, when, to whom, and what is wrong with it.

``cell`` becomes ``judged``: figures, instants and identifiers, with ``problem`` where the row
cannot be taken. What stands once for a whole order is gathered in ``head``.
"""

from collections.abc import Collection, Mapping

from regulars.identify.intake.mapping.field import What
from regulars.identify.intake.mapping.order_fields import LINE, ORDER
from regulars.identify.intake.mapping.person_fields import IDENTIFIERS
from regulars.identify.intake.staging.filled import filled
from regulars.identify.intake.staging.identities import first_too_long
from regulars.identify.intake.staging.moments import date_order, make_moments
from regulars.identify.intake.staging.money_signs import foreign_money
from regulars.identify.intake.staging.numbers import decimal_mark, minor, number
from regulars.identify.intake.staging.terms import Terms
from regulars.identify.intake.staging.zone_names import zones_called
from regulars.lake.public import Workbench

MONEY = [field.key for field in (*ORDER, *LINE) if field.what == What.MONEY]
KINDS = [field.key for field in IDENTIFIERS]
LONGEST_NUMBER = 100


def read_order_rows(db: Workbench, terms: Terms, *, mapped: Collection[str]) -> None:
    """Make ``judged`` and ``head`` of ``cell`` and ``identity_form``. Raises DatesUnclear."""
    reading = terms.reading
    figures = [key for key in [*MONEY, "quantity"] if key in mapped]
    mark = terms.mark or decimal_mark(db, figures, delimiter=terms.delimiter)
    db.execute(_TIMES)
    order = terms.date_order or date_order(db, "time_text")
    zones = zones_called(_zone_names(db), otherwise=terms.zone)
    make_moments(db, "time_text", order=order, zones=zones, brand_zone=terms.brand_zone)
    numbers = {key: number(f"cell.{key}", mark=mark, places=6) for key in figures}
    kinds = [kind for kind in KINDS if kind in mapped]
    db.execute(
        filled(
            _FIGURES,
            number=_CONTINUED if reading.continued else "cell.number",
            units=_or_null(
                "quantity" in figures,
                number("cell.quantity", mark=mark, places=3),
                "DECIMAL(18, 3)",
            ),
            unit_price=_or_null("price" in figures, numbers.get("price", ""), "DECIMAL(18, 6)"),
            minors=", ".join(
                _or_null(
                    key in figures,
                    minor(numbers.get(key, ""), exponent=terms.exponent),
                    "BIGINT",
                )
                + f" AS {key}_minor"
                for key in MONEY
            ),
            unreadable=_first_unreadable(numbers),
            foreign=_first_foreign([key for key in MONEY if key in mapped], terms.currency),
            long=first_too_long(kinds),
            kinds=", ".join(
                _or_null(kind in kinds, f"{kind}_form.normal", "VARCHAR") + f" AS {kind}_normal"
                for kind in KINDS
            ),
            joins="\n".join(_form_join(kind) for kind in kinds),
            there="coalesce(cell.zone, '')" if "zone" in mapped else "''",
        )
    )
    db.execute(filled(_HEAD, kinds=", ".join(f"{_first(f'{k}_normal')} AS {k}" for k in KINDS)))
    db.execute(
        filled(
            _JUDGED,
            exponent=str(10**terms.exponent),
            refund_number=_pattern("figure.number", reading.refund_number),
            refund_event=_pattern("figure.event", reading.refund_event),
            unpaid=_pattern("head.status", reading.unpaid),
            tax="coalesce(tax_minor, 0)" if reading.tax_in_total else "0",
            another=" OR ".join(f"figure.{k}_normal <> head.{k}" for k in kinds) or "false",
            longest=str(LONGEST_NUMBER),
            beyond_belief=_BEYOND_BELIEF,
        ),
        {"now": terms.now.replace(tzinfo=None), "currency": terms.currency},
    )


def _zone_names(db: Workbench) -> list[str]:
    return [name for (name,) in db.execute("SELECT DISTINCT zone FROM time_text").fetchall()]


def _or_null(known: bool, sql: str, kind: str) -> str:  # noqa: FBT001
    return sql if known else f"CAST(NULL AS {kind})"


def _first_unreadable(numbers: Mapping[str, str]) -> str:
    """SQL for the first figure of a row that is none, as ``price: abc``."""
    tests = [
        f"WHEN cell.{key} IS NOT NULL AND {sql} IS NULL THEN '{key}: ' || left(cell.{key}, 60)"
        for key, sql in numbers.items()
    ]
    return f"CASE {' '.join(tests)} END" if tests else "CAST(NULL AS VARCHAR)"


def _first_foreign(keys: Collection[str], currency: str) -> str:
    """SQL for the first sign of other money beside the amounts of a row."""
    signs = [foreign_money(f"cell.{key}", currency=currency) for key in keys]
    return f"coalesce({', '.join(signs)}, NULL)" if signs else "CAST(NULL AS VARCHAR)"


def _pattern(value: str, pattern: str) -> str:
    escaped = pattern.replace("'", "''")
    return f"coalesce(regexp_matches({value}, '{escaped}'), false)" if pattern else "false"


def _form_join(kind: str) -> str:
    return (
        f"LEFT JOIN identity_form AS {kind}_form "
        f"ON {kind}_form.kind = '{kind}' AND {kind}_form.text = cell.{kind}"
    )


def _first(column: str) -> str:
    return f"arg_min({column}, row_no)"


_BEYOND_BELIEF = r"""abs(TRY_CAST(regexp_replace(unreadable, '^\w+: ', '') AS DOUBLE))
                     BETWEEN 1e11 AND 1.7e308"""
_CONTINUED = "last_value(cell.number IGNORE NULLS) OVER (ORDER BY cell.row_no)"

_TIMES = """
    CREATE OR REPLACE TABLE time_text AS
    SELECT DISTINCT CASE WHEN clock IS NULL THEN "at" ELSE "at" || ' ' || clock END AS text,
           coalesce(zone, '') AS zone
    FROM cell WHERE "at" IS NOT NULL
    UNION SELECT refunded_at, coalesce(zone, '') FROM cell WHERE refunded_at IS NOT NULL
"""

_FIGURES = """
    CREATE OR REPLACE TABLE figure AS
    SELECT cell.row_no, <number> AS number, cell.status, cell.event, cell.refund_of, cell.currency,
           cell.coupon, cell.channel, cell.branch, cell.sku, cell.product, cell.category,
           cell.maker, cell.name, cell.first_name, cell.last_name, cell.address, cell.city,
           cell.region, cell.postcode, cell.country, cell.quantity, cell.price, cell."at" AS time,
           cell.mistake, cell.no_figure,
           <units> AS units, <unit_price> AS unit_price, <minors>, <unreadable> AS unreadable,
           <foreign> AS foreign_sign, <long> AS long_identifier,
           moment.instant, moment.on_day, back.instant AS returned_at, back.on_day AS returned_on,
           <kinds>
    FROM cell
    LEFT JOIN moment ON moment.text =
        CASE WHEN cell.clock IS NULL THEN cell."at" ELSE cell."at" || ' ' || cell.clock END
        AND moment.zone = <there>
    LEFT JOIN moment AS back ON back.text = cell.refunded_at AND back.zone = <there>
    <joins>
"""

_HEAD = """
    CREATE OR REPLACE TABLE head AS
    SELECT number, arg_min(instant, row_no) AS instant, arg_min(on_day, row_no) AS on_day,
           arg_min(status, row_no) AS status, arg_min(currency, row_no) AS currency,
           arg_min(time, row_no) AS time, arg_min(refunded_minor, row_no) AS refunded, <kinds>
    FROM figure WHERE number IS NOT NULL GROUP BY number
"""

_JUDGED = r"""
    CREATE OR REPLACE TABLE judged AS
    WITH worth AS (
        SELECT figure.* EXCLUDE (instant, on_day, currency, status),
               coalesce(figure.instant, CASE WHEN figure.time IS NULL THEN head.instant END)
               AS instant,
               coalesce(figure.on_day, CASE WHEN figure.time IS NULL THEN head.on_day END)
               AS on_day,
               coalesce(figure.time, head.time) AS time_told,
               coalesce(figure.foreign_sign, nullif(upper(coalesce(figure.currency, head.currency)),
                   $currency)) AS other_money,
               <unpaid> AS unpaid, head.refunded AS order_refunded,
               coalesce(<another>, false) AS of_another,
               coalesce(figure.units, CASE WHEN figure.quantity IS NULL THEN 1 END) AS pieces,
               coalesce(gross_minor, TRY(CAST(round(
                   coalesce(figure.units, 1) * unit_price * <exponent>) AS DECIMAL(15, 0)))::BIGINT)
               AS before_discount,
               <refund_number> OR <refund_event> AS called_refund,
               coalesce(contains(concat_ws(' ', figure.number, sku, product, name, address,
                   coupon, category, maker, city), chr(0)), false) AS has_nul
        FROM figure LEFT JOIN head ON head.number = figure.number
    ), valued AS (
        SELECT *, coalesce(
                   amount_minor,
                   before_discount - sign(before_discount) * abs(coalesce(discount_minor, 0)),
                   total_minor - coalesce(shipping_minor, 0) - <tax>) AS value_minor
        FROM worth
    )
    SELECT *, coalesce(called_refund OR pieces < 0 OR value_minor < 0, false) AS given_back,
           abs(coalesce(discount_minor, before_discount - amount_minor, 0)) AS line_discount,
           CASE WHEN regexp_matches(mistake, '^\w+: =') THEN 'formula'
                WHEN mistake IS NOT NULL THEN 'sheet_error'
                WHEN number IS NULL THEN 'number_missing'
                WHEN length(number) > <longest> THEN 'number_long'
                WHEN has_nul THEN 'nul'
                WHEN unpaid THEN 'not_paid'
                WHEN time_told IS NULL THEN 'time_missing'
                WHEN instant IS NULL THEN 'time_unreadable'
                WHEN instant > $now THEN 'in_future'
                WHEN instant < TIMESTAMP '1970-01-02' THEN 'long_ago'
                WHEN <beyond_belief> THEN 'too_large'
                WHEN lower(unreadable) LIKE '%: nan' THEN 'no_figure'
                WHEN unreadable IS NOT NULL THEN 'figure_unreadable'
                WHEN unit_price < 0 THEN 'negative_price'
                WHEN pieces = 0 AND order_refunded > 0 THEN 'came_back'
                WHEN pieces = 0 THEN 'quantity_zero'
                WHEN value_minor IS NULL AND coalesce(unit_price, 0) > 0 THEN 'too_large'
                WHEN value_minor IS NULL AND no_figure IS NOT NULL THEN 'no_figure'
                WHEN value_minor IS NULL THEN 'price_missing'
                WHEN abs(discount_minor) > abs(before_discount) THEN 'discount_above'
                WHEN other_money IS NOT NULL THEN 'other_currency'
                WHEN length(sku) > 120 THEN 'sku_long'
                WHEN long_identifier IS NOT NULL THEN 'identifier_long'
                WHEN of_another THEN 'number_of_another'
           END AS problem,
           CASE WHEN mistake IS NOT NULL THEN mistake
                WHEN unreadable IS NOT NULL THEN unreadable
                WHEN instant IS NULL THEN left(time_told, 60)
                WHEN unit_price < 0 THEN left(price, 60)
                WHEN instant > $now OR instant < TIMESTAMP '1970-01-02' THEN left(time_told, 60)
                WHEN value_minor IS NULL THEN no_figure
                WHEN other_money IS NULL THEN long_identifier
                ELSE other_money || ' ' || $currency END AS detail
    FROM valued
"""
