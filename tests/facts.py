"""All facts of a brand without the numbers nobody sees, to compare two states."""

from typing import Any

from django.db import connection

from regulars.organization.public import Brand

_PERSON = """(SELECT min(identifier.value) FROM customers_identifier AS identifier
              WHERE identifier.customer_id = {}.customer_id)"""

QUESTIONS = {
    "orders": f"""
        SELECT o.source, o.number, {_PERSON.format("o")}, b.code, o.channel, o.occurred_at,
               o.placed_on, o.currency, o.net_minor, o.discount_minor, o.shipping_minor,
               o.tax_minor, o.coupon
        FROM commerce_order AS o LEFT JOIN organization_branch AS b ON b.id = o.branch_id
        WHERE o.brand_id = %s""",
    "lines": """
        SELECT o.number, l.position, p.sku, l.quantity, l.amount_minor, l.discount_minor
        FROM commerce_line AS l JOIN commerce_order AS o ON o.id = l.order_id
        LEFT JOIN commerce_product AS p ON p.id = l.product_id WHERE o.brand_id = %s""",
    "refunds": f"""
        SELECT r.source, r.number, o.number, {_PERSON.format("r")}, r.occurred_at, r.refunded_on,
               r.amount_minor
        FROM commerce_refund AS r LEFT JOIN commerce_order AS o ON o.id = r.order_id
        WHERE r.brand_id = %s""",
    "refund lines": """
        SELECT r.number, l.position, p.sku, l.quantity, l.amount_minor
        FROM commerce_refundline AS l JOIN commerce_refund AS r ON r.id = l.refund_id
        LEFT JOIN commerce_product AS p ON p.id = l.product_id WHERE r.brand_id = %s""",
    "matches": """
        SELECT r.number, back.position, o.number, l.position, m.quantity, m.amount_minor
        FROM commerce_refundmatch AS m
        JOIN commerce_refundline AS back ON back.id = m.refund_line_id
        JOIN commerce_refund AS r ON r.id = back.refund_id
        JOIN commerce_line AS l ON l.id = m.line_id
        JOIN commerce_order AS o ON o.id = l.order_id WHERE r.brand_id = %s""",
    "products": """
        SELECT sku, name, maker, category, kind, price_minor, cost_minor, goods
        FROM commerce_product WHERE brand_id = %s""",
    "people": """
        SELECT c.name, c.search_name, c.turned_name, c.gender, c.born_on, c.city, c.country,
               CAST(c.interests AS text), CAST(c.fields AS text), b.code, c.source
        FROM customers_customer AS c LEFT JOIN organization_branch AS b ON b.id = c.branch_id
        WHERE c.brand_id = %s""",
    "identifiers": f"""
        SELECT i.kind, i.value, i.tail, {_PERSON.format("i")}
        FROM customers_identifier AS i WHERE i.brand_id = %s""",
    "branches": "SELECT code, name FROM organization_branch WHERE brand_id = %s",
    "events": """
        SELECT kind, source, message_id, occurred_at, value_minor, CAST(properties AS text)
        FROM timeline_event WHERE kind <> 'Order Updated' AND brand_id = %s""",
    "updates": """
        SELECT kind, source, count(*) FROM timeline_event
        WHERE kind = 'Order Updated' AND brand_id = %s GROUP BY kind, source""",
}


def facts(brand: Brand) -> dict[str, list[Any]]:
    """Return the rows of every question, in order."""
    with connection.cursor() as cursor:
        found = {}
        for what, question in QUESTIONS.items():
            cursor.execute(question, [brand.pk])
            found[what] = sorted(cursor.fetchall(), key=repr)
        return found
