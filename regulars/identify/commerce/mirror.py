import pyarrow as pa

from regulars.lake.public import Mirror

instant = pa.timestamp("us", "UTC")

# What is cancelled is no fact, nor is what was given back for it.
_ORDERS = "(SELECT * FROM commerce_order WHERE cancelled_at IS NULL)"
_REFUNDS = """(
    SELECT * FROM commerce_refund WHERE order_id IS NULL OR order_id NOT IN (
        SELECT id FROM commerce_order WHERE cancelled_at IS NOT NULL))"""

products = Mirror(
    table="products",
    changed="p.revision",
    schema=pa.schema(
        [
            ("id", pa.int32()),
            ("brand_id", pa.int32()),
            ("sku", pa.string()),
            ("name", pa.string()),
            ("maker", pa.string()),
            ("category", pa.string()),
            ("kind", pa.string()),
            ("goods", pa.bool_()),
            ("price_minor", pa.int64()),
            ("cost_minor", pa.int64()),
            ("revision", pa.int64()),
        ]
    ),
    sql="""
        SELECT p.id, p.brand_id, p.sku, p.name, p.maker, p.category, p.kind, p.goods,
            p.price_minor, p.cost_minor, p.revision
        FROM commerce_product p
    """,
)

orders = Mirror(
    table="orders",
    changed="o.revision",
    schema=pa.schema(
        [
            ("id", pa.int64()),
            ("brand_id", pa.int32()),
            ("customer_id", pa.int32()),
            ("branch_id", pa.int32()),
            ("channel", pa.string()),
            ("occurred_at", instant),
            ("placed_on", pa.date32()),
            ("currency", pa.string()),
            ("net_minor", pa.int64()),
            ("discount_minor", pa.int64()),
            ("shipping_minor", pa.int64()),
            ("tax_minor", pa.int64()),
            ("coupon", pa.string()),
            ("revision", pa.int64()),
        ]
    ),
    sql=f"""
        SELECT o.id, o.brand_id, o.customer_id, o.branch_id, o.channel, o.occurred_at, o.placed_on,
            o.currency, o.net_minor, o.discount_minor, o.shipping_minor, o.tax_minor, o.coupon,
            o.revision
        FROM {_ORDERS} o
    """,  # noqa: S608
)

# Whose and of which day: so what people bought is told without the orders. Whoever changes these
# of an order writes its lines anew, with the same revision.
lines = Mirror(
    table="lines",
    changed="l.revision",
    schema=pa.schema(
        [
            ("id", pa.int64()),
            ("order_id", pa.int64()),
            ("brand_id", pa.int32()),
            ("customer_id", pa.int32()),
            ("placed_on", pa.date32()),
            ("product_id", pa.int32()),
            ("quantity", pa.float64()),
            ("amount_minor", pa.int64()),
            ("discount_minor", pa.int64()),
            ("revision", pa.int64()),
        ]
    ),
    sql=f"""
        SELECT l.id, l.order_id, o.brand_id, o.customer_id, o.placed_on, l.product_id,
            CAST(l.quantity AS double precision) AS quantity, l.amount_minor, l.discount_minor,
            l.revision
        FROM commerce_line l JOIN {_ORDERS} o ON o.id = l.order_id
    """,  # noqa: S608
)

refunds = Mirror(
    table="refunds",
    changed="r.revision",
    schema=pa.schema(
        [
            ("id", pa.int64()),
            ("brand_id", pa.int32()),
            ("order_id", pa.int64()),
            ("customer_id", pa.int32()),
            ("branch_id", pa.int32()),
            ("occurred_at", instant),
            ("refunded_on", pa.date32()),
            ("currency", pa.string()),
            ("amount_minor", pa.int64()),
            ("revision", pa.int64()),
        ]
    ),
    sql=f"""
        SELECT r.id, r.brand_id, r.order_id, r.customer_id, r.branch_id, r.occurred_at,
            r.refunded_on, r.currency, r.amount_minor, r.revision
        FROM {_REFUNDS} r
    """,  # noqa: S608
)

refund_lines = Mirror(
    table="refund_lines",
    changed="l.revision",
    schema=pa.schema(
        [
            ("id", pa.int64()),
            ("refund_id", pa.int64()),
            ("brand_id", pa.int32()),
            ("product_id", pa.int32()),
            ("quantity", pa.float64()),
            ("amount_minor", pa.int64()),
            ("revision", pa.int64()),
        ]
    ),
    sql=f"""
        SELECT l.id, l.refund_id, r.brand_id, l.product_id,
            CAST(l.quantity AS double precision) AS quantity, l.amount_minor, l.revision
        FROM commerce_refundline l JOIN {_REFUNDS} r ON r.id = l.refund_id
    """,  # noqa: S608
)

refund_matches = Mirror(
    table="refund_matches",
    changed="m.revision",
    schema=pa.schema(
        [
            ("id", pa.int64()),
            ("refund_line_id", pa.int64()),
            ("line_id", pa.int64()),
            ("order_id", pa.int64()),
            ("brand_id", pa.int32()),
            ("quantity", pa.float64()),
            ("amount_minor", pa.int64()),
            ("revision", pa.int64()),
        ]
    ),
    sql="""
        SELECT m.id, m.refund_line_id, m.line_id, l.order_id, o.brand_id,
            CAST(m.quantity AS double precision) AS quantity, m.amount_minor, m.revision
        FROM commerce_refundmatch m
            JOIN commerce_line l ON l.id = m.line_id
            JOIN commerce_order o ON o.id = l.order_id
    """,
)
