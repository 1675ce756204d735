"""Turn the rows of an order file into staging tables; the same file always gives the same."""

from collections.abc import Mapping, Sequence

from regulars.identify.intake.mapping.order_fields import ORDER_FIELDS
from regulars.identify.intake.staging.cells import cleaned, make_cells
from regulars.identify.intake.staging.filled import filled
from regulars.identify.intake.staging.identities import make_identity_forms
from regulars.identify.intake.staging.order_rows import KINDS, read_order_rows
from regulars.identify.intake.staging.orders import gather_orders, refuse_orders
from regulars.identify.intake.staging.people import recognize_people
from regulars.identify.intake.staging.profiles import gather_profiles
from regulars.identify.intake.staging.terms import Terms
from regulars.lake.public import Workbench
from regulars.organization.public import Brand


def stage_orders(
    db: Workbench,
    *,
    brand: Brand,
    columns: Sequence[str],
    mapping: Mapping[str, str],
    terms: Terms,
) -> None:
    """Fill the tables of ``st`` from ``raw`` and ``broken``. Raises DatesUnclear."""
    make_cells(db, columns=columns, mapping=mapping, fields=ORDER_FIELDS.values())
    kinds = [kind for kind in KINDS if kind in mapping]
    make_identity_forms(db, kinds, brand=brand, country=terms.reading.country)
    read_order_rows(db, terms, mapped=mapping)
    _find_broken_orders(db, place=columns.index(mapping["number"]) + 1, terms=terms)
    refuse_orders(db)
    db.execute(filled(_SETS, kinds=", ".join(KINDS), same=_same(kinds)))
    recognize_people(db, kinds, brand=brand)
    db.execute(_ORDER_PERSON)
    gather_orders(db, terms)
    gather_profiles(db)


def _find_broken_orders(db: Workbench, *, place: int, terms: Terms) -> None:
    """Make ``broken_order``: of which orders rows are broken, as far as those tell."""
    number = cleaned("cells[<place>]")
    number = f"coalesce({number}, above.number)" if terms.reading.continued else number
    delimiter = terms.delimiter.replace("'", "''")
    db.execute(filled(filled(_BROKEN, number=number), place=str(place), delimiter=delimiter))


def _same(kinds: Sequence[str]) -> str:
    same = [f"head.{kind} IS NOT DISTINCT FROM given_set.{kind}" for kind in kinds]
    return " AND ".join(same) or "false"


# A row with too many or too few cells tells its number where the others do, if it is whole so far.
_BROKEN = """
    CREATE OR REPLACE TABLE broken_order AS
    WITH told AS (
        SELECT row_no, CASE WHEN reason IN ('quote', 'too_long') THEN list_transform(
                   string_split(cells[1], '<delimiter>'), cell -> trim(cell, '"'))
               ELSE cells END AS cells
        FROM broken WHERE reason <> 'not_json'
    )
    SELECT <number> AS number, told.row_no FROM told
    ASOF LEFT JOIN (SELECT row_no, number FROM figure WHERE number IS NOT NULL) AS above
      ON told.row_no >= above.row_no
"""

_SETS = """
    CREATE OR REPLACE TABLE given_set AS
    SELECT <kinds>, row_number() OVER (ORDER BY min(first_row)) AS given
    FROM (SELECT head.*, first_row FROM head JOIN (
              SELECT number, min(row_no) AS first_row FROM judged ANTI JOIN st.reject USING (row_no)
              GROUP BY number) USING (number))
    WHERE coalesce(<kinds>) IS NOT NULL GROUP BY <kinds>;
    CREATE OR REPLACE TABLE order_set AS
    SELECT head.number, given_set.given FROM head JOIN given_set ON <same>
"""

_ORDER_PERSON = """
    CREATE OR REPLACE TABLE order_person AS
    SELECT number, person FROM order_set JOIN meant USING (given)
"""
