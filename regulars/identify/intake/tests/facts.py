"""All facts of the database without the numbers nobody sees, to compare two states."""

from typing import Any

from django.db import connection

_PERSON = """(SELECT min(identifier.value) FROM customers_identifier AS identifier
              WHERE identifier.customer_id = {}.customer_id)"""

QUESTIONS = {
    "orders": f"""
        SELECT o.source, o.number, {_PERSON.format("o")}, b.code, o.channel, o.occurred_at,
               o.placed_on, o.currency, o.net_minor, o.discount_minor, o.shipping_minor,
               o.tax_minor, o.coupon
        FROM commerce_order AS o LEFT JOIN organization_branch AS b ON b.id = o.branch_id""",
    "lines": """
        SELECT o.number, l.position, p.sku, l.quantity, l.amount_minor, l.discount_minor
        FROM commerce_line AS l JOIN commerce_order AS o ON o.id = l.order_id
        LEFT JOIN commerce_product AS p ON p.id = l.product_id""",
    "refunds": f"""
        SELECT r.source, r.number, o.number, {_PERSON.format("r")}, r.occurred_at, r.refunded_on,
               r.amount_minor
        FROM commerce_refund AS r LEFT JOIN commerce_order AS o ON o.id = r.order_id""",
    "refund lines": """
        SELECT r.number, l.position, p.sku, l.quantity, l.amount_minor
        FROM commerce_refundline AS l JOIN commerce_refund AS r ON r.id = l.refund_id
        LEFT JOIN commerce_product AS p ON p.id = l.product_id""",
    "matches": """
        SELECT r.number, back.position, o.number, l.position, m.quantity, m.amount_minor
        FROM commerce_refundmatch AS m
        JOIN commerce_refundline AS back ON back.id = m.refund_line_id
        JOIN commerce_refund AS r ON r.id = back.refund_id
        JOIN commerce_line AS l ON l.id = m.line_id
        JOIN commerce_order AS o ON o.id = l.order_id""",
    "products": """
        SELECT sku, name, maker, category, kind, price_minor, cost_minor, goods
        FROM commerce_product""",
    "people": """
        SELECT c.name, c.search_name, c.turned_name, c.gender, c.born_on, c.city, c.country,
               CAST(c.interests AS text), CAST(c.fields AS text), b.code, c.source
        FROM customers_customer AS c LEFT JOIN organization_branch AS b ON b.id = c.branch_id""",
    "identifiers": f"""
        SELECT i.kind, i.value, i.tail, {_PERSON.format("i")} FROM customers_identifier AS i""",
    "branches": "SELECT code, name FROM organization_branch",
    "events": """
        SELECT kind, source, message_id, occurred_at, value_minor, CAST(properties AS text)
        FROM timeline_event WHERE kind <> 'Order Updated'""",
    "updates": "SELECT kind, source, count(*) FROM timeline_event WHERE kind = 'Order Updated'"
    " GROUP BY kind, source",
}


def facts() -> dict[str, list[Any]]:
    """Return the rows of every question, in order."""
    with connection.cursor() as cursor:
        found = {}
        for what, question in QUESTIONS.items():
            cursor.execute(question)
            found[what] = sorted(cursor.fetchall(), key=repr)
        return found
