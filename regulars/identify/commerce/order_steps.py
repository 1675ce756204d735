"""The statements of order_sets.py, in the order in which they run."""

TABLES = ("order_known", "order_changed", "order_written")

KNOWN = """
    CREATE TEMPORARY TABLE order_known AS
    SELECT told.ordinal, kept.id, CASE WHEN told.customer_id <> coalesce(
               theirs.canonical_id, theirs.id) THEN 1 ELSE 0 END AS of_another
    FROM {orders} AS told JOIN commerce_order AS kept
      ON kept.brand_id = %s AND kept.source = %s AND kept.number = told.number
    LEFT JOIN customers_customer AS theirs ON theirs.id = kept.customer_id
"""

# What a source does not tell (NULL) is no change.
CHANGED = """
    CREATE TEMPORARY TABLE order_changed AS
    SELECT known.ordinal, known.id FROM order_known AS known
    JOIN {orders} AS told ON told.ordinal = known.ordinal
    JOIN commerce_order AS kept ON kept.id = known.id
    WHERE known.of_another = 0 AND (
          kept.occurred_at <> told.occurred_at OR kept.placed_on <> told.placed_on
       OR kept.currency <> told.currency OR kept.net_minor <> told.net_minor
       OR kept.discount_minor <> told.discount_minor
       OR kept.shipping_minor <> coalesce(told.shipping_minor, kept.shipping_minor)
       OR kept.tax_minor <> coalesce(told.tax_minor, kept.tax_minor)
       OR kept.coupon <> coalesce(told.coupon, kept.coupon)
       OR kept.channel <> coalesce(told.channel, kept.channel)
       OR coalesce(kept.branch_id, 0) <> coalesce(told.branch_id, kept.branch_id, 0)
       OR (kept.customer_id IS NULL AND told.customer_id IS NOT NULL))
    UNION
    SELECT known.ordinal, known.id FROM order_known AS known
    JOIN {lines} AS line ON line.ordinal = known.ordinal
    LEFT JOIN commerce_line AS kept ON kept.order_id = known.id AND kept.position = line.position
    WHERE known.of_another = 0 AND (kept.id IS NULL
       OR coalesce(kept.product_id, 0) <> coalesce(line.product_id, 0)
       OR kept.quantity <> line.quantity OR kept.amount_minor <> line.amount_minor
       OR kept.discount_minor <> line.discount_minor)
    UNION
    SELECT known.ordinal, known.id FROM order_known AS known
    JOIN {orders} AS told ON told.ordinal = known.ordinal
    JOIN commerce_line AS kept ON kept.order_id = known.id AND kept.position > told.lines
    WHERE known.of_another = 0
"""

REMEMBER = """
    INSERT INTO commerce_formerorder (
        import_id, order_id, customer_id, branch_id, channel, occurred_at, placed_on, currency,
        net_minor, discount_minor, shipping_minor, tax_minor, coupon, revision, former_revision)
    SELECT %s, kept.id, kept.customer_id, kept.branch_id, kept.channel, kept.occurred_at,
           kept.placed_on, kept.currency, kept.net_minor, kept.discount_minor,
           kept.shipping_minor, kept.tax_minor, kept.coupon, %s, kept.revision
    FROM commerce_order AS kept JOIN order_changed AS changed ON changed.id = kept.id
"""
REMEMBER_LINES = """
    INSERT INTO commerce_formerline (
        import_id, order_id, position, product_id, quantity, amount_minor, discount_minor)
    SELECT %s, kept.order_id, kept.position, kept.product_id, kept.quantity, kept.amount_minor,
           kept.discount_minor
    FROM commerce_line AS kept JOIN order_changed AS changed ON changed.id = kept.order_id
"""

INSERT = """
    INSERT INTO commerce_order (
        brand_id, source, number, customer_id, branch_id, channel, occurred_at, placed_on,
        currency, net_minor, discount_minor, shipping_minor, tax_minor, coupon, import_id, revision)
    SELECT %s, %s, told.number, told.customer_id, told.branch_id, coalesce(told.channel, ''),
           told.occurred_at, told.placed_on, told.currency, told.net_minor, told.discount_minor,
           coalesce(told.shipping_minor, 0), coalesce(told.tax_minor, 0),
           coalesce(told.coupon, ''), %s, %s
    FROM {orders} AS told WHERE told.ordinal NOT IN (SELECT ordinal FROM order_known)
    ORDER BY told.ordinal
"""

UPDATE = """
    UPDATE commerce_order SET
        customer_id = coalesce(commerce_order.customer_id, told.customer_id),
        branch_id = coalesce(told.branch_id, commerce_order.branch_id),
        channel = coalesce(told.channel, commerce_order.channel),
        occurred_at = told.occurred_at, placed_on = told.placed_on, currency = told.currency,
        net_minor = told.net_minor, discount_minor = told.discount_minor,
        shipping_minor = coalesce(told.shipping_minor, commerce_order.shipping_minor),
        tax_minor = coalesce(told.tax_minor, commerce_order.tax_minor),
        coupon = coalesce(told.coupon, commerce_order.coupon), revision = %s
    FROM {orders} AS told JOIN order_changed AS changed ON changed.ordinal = told.ordinal
    WHERE commerce_order.id = changed.id
"""

# A refund carries the customer of its order.
REFUNDS_FOLLOW = """
    UPDATE commerce_refund SET customer_id = bought.customer_id, revision = %s
    FROM commerce_order AS bought JOIN order_changed AS changed ON changed.id = bought.id
    WHERE commerce_refund.order_id = bought.id AND commerce_refund.customer_id IS NULL
      AND bought.customer_id IS NOT NULL
"""

WRITTEN = """
    CREATE TEMPORARY TABLE order_written AS
    SELECT told.ordinal, kept.id FROM {orders} AS told
    JOIN commerce_order AS kept
      ON kept.brand_id = %s AND kept.source = %s AND kept.number = told.number
    WHERE told.ordinal NOT IN (SELECT ordinal FROM order_known)
    UNION ALL
    SELECT ordinal, id FROM order_changed
"""

GONE_LINES = """
    SELECT line.id FROM commerce_line AS line JOIN order_changed AS changed
      ON changed.id = line.order_id JOIN {orders} AS told ON told.ordinal = changed.ordinal
    WHERE line.position > told.lines
"""
NOTE_GONE = f"""
    INSERT INTO lake_removal ("table", row_id, revision)
    SELECT 'lines', gone.id, %s FROM ({GONE_LINES}) AS gone
"""  # noqa: S608
DELETE_GONE = f"DELETE FROM commerce_line WHERE id IN ({GONE_LINES})"  # noqa: S608

LINES = """
    INSERT INTO commerce_line (
        order_id, position, product_id, quantity, amount_minor, discount_minor, revision)
    SELECT written.id, line.position, line.product_id, line.quantity, line.amount_minor,
           line.discount_minor, %s
    FROM {lines} AS line JOIN order_written AS written ON written.ordinal = line.ordinal
    ORDER BY line.ordinal, line.position
    ON CONFLICT (order_id, position) DO UPDATE SET
        product_id = excluded.product_id, quantity = excluded.quantity,
        amount_minor = excluded.amount_minor, discount_minor = excluded.discount_minor,
        revision = excluded.revision
"""

OF_CHANGED = """
    (SELECT line.order_id, bought.customer_id, line.product_id
     FROM order_changed AS changed JOIN commerce_order AS bought ON bought.id = changed.id
     JOIN commerce_line AS line ON line.order_id = bought.id)
"""

COMPLETED = """
    (SELECT told.customer_id, told.occurred_at, {source} AS source,
            {prefix} || told.number AS message_id, told.net_minor AS value_minor, told.currency,
            told.properties
     FROM {orders} AS told WHERE told.ordinal NOT IN (SELECT ordinal FROM order_known))
"""

UPDATED = """
    (SELECT bought.customer_id, bought.occurred_at, bought.source,
            {prefix} || told.number || ':{revision}' AS message_id, told.net_minor AS value_minor,
            told.currency, told.properties
     FROM {orders} AS told JOIN order_changed AS changed ON changed.ordinal = told.ordinal
     JOIN commerce_order AS bought ON bought.id = changed.id)
"""

TAKEN = """
    SELECT told.number FROM {orders} AS told JOIN order_known AS known
      ON known.ordinal = told.ordinal WHERE known.of_another = 1 ORDER BY told.number
"""
