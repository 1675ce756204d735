"""The statements of order_withdrawal.py, in the order in which they run.

The plus before an import's number keeps the database from looking all its rows through for each
order: the order's number finds them.
"""

from regulars.lake.public import Remembered

REMEMBERED = Remembered(
    mirror="orders", table="commerce_order", former="commerce_formerorder", key="order_id"
)

# Only people who gave something back compete for lines.
TOUCHED_BY_GOING = """
    CREATE TEMPORARY TABLE withdrawn_touched AS
    SELECT DISTINCT bought.id AS order_id, bought.customer_id, line.product_id
    FROM withdrawn JOIN commerce_order AS bought ON bought.id = withdrawn.id
    JOIN commerce_line AS line ON line.order_id = bought.id
    WHERE withdrawn.stays = 0 AND EXISTS (
        SELECT 1 FROM commerce_refund AS refund WHERE refund.customer_id = bought.customer_id)
"""

# The customer, too, may go back to what they were: nobody known.
TOUCHED_BY_RETURN = """
    CREATE TEMPORARY TABLE withdrawn_touched AS
    SELECT withdrawn.id AS order_id, bought.customer_id, line.product_id
    FROM withdrawn JOIN commerce_order AS bought ON bought.id = withdrawn.id
    JOIN commerce_line AS line ON line.order_id = bought.id WHERE withdrawn.stays = 0
    UNION
    SELECT withdrawn.id, bought.customer_id, line.product_id
    FROM withdrawn JOIN commerce_order AS bought ON bought.id = withdrawn.id
    JOIN commerce_formerline AS line
      ON line.order_id = bought.id AND +line.import_id = {import_id} WHERE withdrawn.stays = 0
"""

LINES = """
    (SELECT line.id FROM withdrawn JOIN commerce_line AS line ON line.order_id = withdrawn.id
     WHERE withdrawn.stays = 0)
"""

SURPLUS_LINES = """
    (SELECT line.id FROM withdrawn JOIN commerce_line AS line ON line.order_id = withdrawn.id
     LEFT JOIN commerce_formerline AS former ON former.order_id = line.order_id
       AND former.position = line.position AND +former.import_id = {import_id}
     WHERE withdrawn.stays = 0 AND former.id IS NULL)
"""

MATCHES_OF = """
    (SELECT found.id FROM commerce_refundmatch AS found
     WHERE found.line_id IN (SELECT gone.id FROM {lines} AS gone))
"""

COMPLETED = """
    (SELECT bought.source, {prefix} || bought.number AS message_id
     FROM withdrawn JOIN commerce_order AS bought ON bought.id = withdrawn.id
     WHERE withdrawn.stays = 0)
"""

UPDATED = """
    (SELECT bought.source, {prefix} || bought.number || ':' || withdrawn.changed_at AS message_id
     FROM withdrawn JOIN commerce_order AS bought ON bought.id = withdrawn.id
     WHERE withdrawn.stays = 0)
"""

FORGET_OF_GONE = """
    DELETE FROM {table} WHERE order_id IN (SELECT id FROM withdrawn WHERE stays = 0)
"""

ORDERS_BACK = """
    UPDATE commerce_order SET
        customer_id = former.customer_id, branch_id = former.branch_id, channel = former.channel,
        occurred_at = former.occurred_at, placed_on = former.placed_on,
        currency = former.currency, net_minor = former.net_minor,
        discount_minor = former.discount_minor, shipping_minor = former.shipping_minor,
        tax_minor = former.tax_minor, coupon = former.coupon, revision = {revision}
    FROM commerce_formerorder AS former JOIN withdrawn ON withdrawn.place = former.id
    WHERE commerce_order.id = former.order_id AND withdrawn.stays = 0
"""

REFUNDS_FOLLOW = """
    UPDATE commerce_refund SET customer_id = bought.customer_id, revision = {revision}
    FROM commerce_order AS bought JOIN withdrawn ON withdrawn.id = bought.id
    WHERE commerce_refund.order_id = bought.id AND withdrawn.stays = 0
      AND coalesce(commerce_refund.customer_id, 0) <> coalesce(bought.customer_id, 0)
"""

LINES_BACK = """
    INSERT INTO commerce_line (
        order_id, position, product_id, quantity, amount_minor, discount_minor, revision)
    SELECT former.order_id, former.position, former.product_id, former.quantity,
           former.amount_minor, former.discount_minor, {revision}
    FROM commerce_formerline AS former JOIN withdrawn ON withdrawn.id = former.order_id
    WHERE +former.import_id = {import_id} AND withdrawn.stays = 0
    ORDER BY former.order_id, former.position
    ON CONFLICT (order_id, position) DO UPDATE SET
        product_id = excluded.product_id, quantity = excluded.quantity,
        amount_minor = excluded.amount_minor, discount_minor = excluded.discount_minor,
        revision = excluded.revision
"""

FORGET_LINES = """
    DELETE FROM commerce_formerline
    WHERE +import_id = {import_id} AND order_id IN (SELECT id FROM withdrawn)
"""
FORGET = "DELETE FROM commerce_formerorder WHERE id IN (SELECT place FROM withdrawn)"
