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
    WHERE told.so_far = 0
"""
_GIVEN_BACK = """
    WITH kept AS (
        SELECT told.number, refund.id FROM {told} AS told JOIN commerce_refund AS refund
          ON refund.brand_id = %s AND refund.source = %s AND refund.number = told.number
        WHERE told.so_far = 1
        UNION
        SELECT told.number, refund.id FROM {told} AS told JOIN commerce_order AS bought
          ON bought.brand_id = %s AND bought.source = %s AND bought.number = told.number
        JOIN commerce_refund AS refund ON refund.order_id = bought.id WHERE told.so_far = 1
    ), whole AS (
        SELECT kept.number, sum(refund.amount_minor) AS amount_minor
        FROM kept JOIN commerce_refund AS refund ON refund.id = kept.id GROUP BY kept.number
    )
    SELECT told.number FROM {told} AS told JOIN whole ON whole.number = told.number
    WHERE told.so_far = 1 AND told.amount_minor < whole.amount_minor
"""


def owners_of_orders(*, brand: Brand, source: str, told: str) -> list[tuple[str, int]]:
    """Return number and today's customer of those orders in a table of numbers that have one."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS.format(told=told), [brand.pk, source])
        return list(cursor.fetchall())


def known_refunds(*, brand: Brand, source: str, told: str) -> list[tuple[str, int | None, bool]]:
    """Return number, today's customer, and whether the refund differs from what is told.

    ``told`` is a table of number, occurred_at, amount_minor and so_far; where that is 1, the order
    of the number is asked instead: see smaller_refunds.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REFUNDS.format(told=told), [brand.pk, source])
        return [(number, whose, bool(differs)) for number, whose, differs in cursor.fetchall()]


def smaller_refunds(*, brand: Brand, source: str, told: str) -> list[str]:
    """Return the numbers of orders of which more is known to be given back than is told.

    ``told`` is a table of number, amount_minor and so_far, which is 1 for what orders tell.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GIVEN_BACK.format(told=told), [brand.pk, source] * 2)
        return [number for (number,) in cursor.fetchall()]
