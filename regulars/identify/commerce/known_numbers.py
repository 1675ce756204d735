"""Say whose the numbers of orders and refunds are that a brand has already."""

from django.db import connection

from regulars.organization.public import Brand

_OWNERS = """
    SELECT told.number, coalesce(theirs.canonical_id, theirs.id)
    FROM {told} AS told JOIN commerce_order AS kept
      ON kept.brand_id = %s AND kept.source = %s AND kept.number = told.number
    JOIN customers_customer AS theirs ON theirs.id = kept.customer_id
"""
_REFUNDS = """
    SELECT told.number, coalesce(theirs.canonical_id, theirs.id),
           CASE WHEN kept.amount_minor <> told.amount_minor
                  OR kept.occurred_at <> told.occurred_at THEN 1 ELSE 0 END
    FROM {told} AS told JOIN commerce_refund AS kept
      ON kept.brand_id = %s AND kept.source = %s AND kept.number = told.number
    LEFT JOIN customers_customer AS theirs ON theirs.id = kept.customer_id
"""


def owners_of_orders(*, brand: Brand, source: str, told: str) -> list[tuple[str, int]]:
    """Return number and today's customer of those orders in a table of numbers that have one."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS.format(told=told), [brand.pk, source])
        return list(cursor.fetchall())


def known_refunds(*, brand: Brand, source: str, told: str) -> list[tuple[str, int | None, bool]]:
    """Return number, today's customer, and whether the refund differs from what is told.

    ``told`` is a table of number, occurred_at and amount_minor.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REFUNDS.format(told=told), [brand.pk, source])
        return [(number, whose, bool(differs)) for number, whose, differs in cursor.fetchall()]
