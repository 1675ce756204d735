"""Say at which branches orders were placed, by the set."""

from django.db import connection

from regulars.organization.public import Brand

_PLACE = """
    UPDATE commerce_order SET branch_id = told.branch_id, revision = %s
    FROM {orders} AS told
    WHERE commerce_order.brand_id = {brand} AND commerce_order.number = told.number
      AND commerce_order.branch_id IS NULL
"""


def place_orders(*, brand: Brand, orders: str, revision: int) -> int:
    """Set the branch of orders that have none; return how many got one.

    ``orders`` is a temporary table of number and branch_id. Call it in the transaction of the
    revision.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PLACE.format(orders=orders, brand=brand.pk), [revision])
        return int(cursor.rowcount)
