"""The statements of refund_sets.py, in the order in which they run."""

# Of a refund under a number of its own that refund; of what an order tells all its refunds so far.
KNOWN = """
    CREATE TEMPORARY TABLE refund_known AS
    SELECT told.ordinal, kept.id FROM {refunds} AS told JOIN commerce_refund AS kept
      ON kept.brand_id = %s AND kept.source = %s AND kept.number = told.number
    UNION
    SELECT told.ordinal, kept.id FROM {refunds} AS told JOIN commerce_order AS bought
      ON bought.brand_id = %s AND bought.source = %s AND bought.number = told.order_number
    JOIN commerce_refund AS kept ON kept.order_id = bought.id
    WHERE told.grown_number IS NOT NULL
"""

# 0: known already; 1: to be written; 2: differs from what is known. An order that was known before
# was refunded after it was read last.
JUDGED = """
    CREATE TEMPORARY TABLE refund_judged AS
    WITH kept AS (
        SELECT known.ordinal, sum(refund.amount_minor) AS amount_minor,
               max(CASE WHEN refund.number = told.number THEN 1 ELSE 0 END) AS number_taken,
               max(CASE WHEN refund.occurred_at <> told.occurred_at THEN 1 ELSE 0 END) AS moved,
               max(CASE WHEN told.customer_id <> coalesce(theirs.canonical_id, theirs.id)
                        THEN 1 ELSE 0 END) AS of_another
        FROM refund_known AS known JOIN {refunds} AS told ON told.ordinal = known.ordinal
        JOIN commerce_refund AS refund ON refund.id = known.id
        LEFT JOIN customers_customer AS theirs ON theirs.id = refund.customer_id
        GROUP BY known.ordinal
    ), beside AS (
        SELECT told.*, bought.id AS order_id, bought.customer_id AS buyer_id,
               bought.branch_id AS bought_at, coalesce(kept.amount_minor, 0) AS before,
               kept.amount_minor AS known_minor, coalesce(kept.number_taken, 0) AS number_taken,
               coalesce(kept.moved, 0) AS moved, coalesce(kept.of_another, 0) AS of_another,
               CASE WHEN told.grown_number IS NOT NULL AND (kept.ordinal IS NOT NULL
                         OR coalesce(bought.import_id, 0) <> {import_id}) AND bought.id IS NOT NULL
                    THEN 1 ELSE 0 END AS since
        FROM {refunds} AS told LEFT JOIN kept ON kept.ordinal = told.ordinal
        LEFT JOIN commerce_order AS bought
          ON bought.brand_id = %s AND bought.source = %s AND bought.number = told.order_number
    )
    SELECT ordinal, order_id, branch_id, bought_at, before, amount_minor - before AS amount_minor,
           CASE WHEN order_id IS NULL THEN customer_id ELSE buyer_id END AS customer_id,
           CASE number_taken WHEN 0 THEN number ELSE grown_number END AS number,
           CASE since WHEN 0 THEN occurred_at ELSE grown_at END AS occurred_at,
           CASE since WHEN 0 THEN refunded_on ELSE grown_on END AS refunded_on,
           CASE number_taken WHEN 0 THEN properties ELSE grown_properties END AS properties,
           CASE WHEN known_minor IS NULL THEN 1
                WHEN grown_number IS NULL AND (amount_minor <> before OR moved = 1
                     OR of_another = 1) THEN 2
                WHEN amount_minor = before THEN 0 WHEN amount_minor > before THEN 1
                ELSE 2 END AS standing
    FROM beside
"""

COUNT = "SELECT standing, count(*) FROM refund_judged GROUP BY standing"
DIFFERING = """
    SELECT told.number FROM {refunds} AS told JOIN refund_judged AS judged
      ON judged.ordinal = told.ordinal WHERE judged.standing = 2 ORDER BY told.number
"""

INSERT = """
    INSERT INTO commerce_refund (
        brand_id, source, number, order_id, customer_id, branch_id, occurred_at, refunded_on,
        currency, amount_minor, import_id, revision)
    SELECT %s, %s, judged.number, judged.order_id, judged.customer_id,
           coalesce(judged.branch_id, judged.bought_at), judged.occurred_at, judged.refunded_on,
           told.currency, judged.amount_minor, %s, %s
    FROM {refunds} AS told JOIN refund_judged AS judged ON judged.ordinal = told.ordinal
    WHERE judged.standing = 1 ORDER BY told.ordinal
"""

LINES = """
    INSERT INTO commerce_refundline (
        refund_id, position, product_id, quantity, amount_minor, revision)
    SELECT kept.id, line.position, line.product_id, line.quantity, line.amount_minor, %s
    FROM {lines} AS line JOIN refund_judged AS judged ON judged.ordinal = line.ordinal
    JOIN commerce_refund AS kept
      ON kept.brand_id = %s AND kept.source = %s AND kept.number = judged.number
    WHERE judged.standing = 1 AND judged.before = 0
    ORDER BY line.ordinal, line.position
"""

# What came to the known, product by product; where one of them shrank, only the sum is certain.
GROWN_LINES = """
    INSERT INTO commerce_refundline (
        refund_id, position, product_id, quantity, amount_minor, revision)
    WITH grown AS (
        SELECT ordinal, number, amount_minor FROM refund_judged WHERE standing = 1 AND before <> 0
    ), part AS (
        SELECT line.ordinal, line.position, line.product_id, line.quantity, line.amount_minor
        FROM {lines} AS line JOIN grown ON grown.ordinal = line.ordinal
        UNION ALL
        SELECT known.ordinal, NULL, kept.product_id, -kept.quantity, -kept.amount_minor
        FROM refund_known AS known JOIN grown ON grown.ordinal = known.ordinal
        JOIN commerce_refundline AS kept ON kept.refund_id = known.id
    ), product AS (
        SELECT ordinal, product_id, min(position) AS position, sum(amount_minor) AS amount_minor,
               CASE WHEN sum(quantity) < 0 THEN 0 ELSE sum(quantity) END AS quantity
        FROM part GROUP BY ordinal, product_id
    ), told AS (
        SELECT * FROM product WHERE amount_minor > 0
           AND ordinal NOT IN (SELECT ordinal FROM product WHERE amount_minor < 0)
        UNION ALL
        SELECT ordinal, NULL, 1, amount_minor, 0 FROM grown
        WHERE ordinal IN (SELECT ordinal FROM product WHERE amount_minor < 0)
    )
    SELECT kept.id, row_number() OVER (PARTITION BY told.ordinal ORDER BY told.position),
           told.product_id, told.quantity, told.amount_minor, %s
    FROM told JOIN grown ON grown.ordinal = told.ordinal JOIN commerce_refund AS kept
      ON kept.brand_id = %s AND kept.source = %s AND kept.number = grown.number
    ORDER BY told.ordinal, told.position
"""

REFUNDED = """
    (SELECT kept.customer_id, kept.occurred_at, kept.source, {prefix} || kept.number AS message_id,
            kept.amount_minor AS value_minor, kept.currency, judged.properties
     FROM refund_judged AS judged JOIN commerce_refund AS kept
       ON kept.brand_id = {brand} AND kept.source = {source} AND kept.number = judged.number
     WHERE judged.standing = 1)
"""
