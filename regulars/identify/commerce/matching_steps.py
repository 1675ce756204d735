"""The statements of matching.py, in the order in which they run."""

TABLES = ("matching_refund", "matching_line", "matching_found")

# Whole customers and products, since their refunds compete for the same lines; of a touched order
# only what competes with nothing else: money without a quantity, and orders of nobody known.
_OF_TOUCHED = """
    SELECT line.id FROM (SELECT DISTINCT customer_id FROM {touched} AS touched) AS person
    JOIN commerce_refund AS refund ON refund.customer_id = person.customer_id
    JOIN commerce_refundline AS line ON line.refund_id = refund.id
    WHERE (refund.customer_id, line.product_id) IN (
        SELECT customer_id, product_id FROM {touched} AS touched)
    UNION
    SELECT line.id FROM (SELECT DISTINCT order_id FROM {touched} AS touched) AS placed
    JOIN commerce_refund AS refund ON refund.order_id = placed.order_id
    JOIN commerce_refundline AS line ON line.refund_id = refund.id
    WHERE line.product_id IS NULL OR line.quantity = 0 OR refund.customer_id IS NULL
"""

STALE = f"""
    CREATE TEMPORARY TABLE matching_stale AS
    SELECT id FROM commerce_refundmatch WHERE refund_line_id IN ({_OF_TOUCHED})
"""  # noqa: S608
REMOVE = """
    INSERT INTO lake_removal ("table", row_id, revision)
    SELECT 'refund_matches', id, %s FROM matching_stale
"""
FORGET = "DELETE FROM commerce_refundmatch WHERE id IN (SELECT id FROM matching_stale)"

REFUNDS = f"""
    CREATE TEMPORARY TABLE matching_refund AS
    SELECT line.id, refund.order_id, refund.customer_id, line.product_id, refund.occurred_at AS at,
           refund.number, line.position, line.amount_minor AS amount,
           CAST(round(line.quantity * 1000) AS bigint) AS quantity
    FROM commerce_refundline AS line JOIN commerce_refund AS refund ON refund.id = line.refund_id
    LEFT JOIN commerce_order AS named ON named.id = refund.order_id
    WHERE named.cancelled_at IS NULL AND line.id IN ({_OF_TOUCHED})
"""  # noqa: S608

LINES = """
    CREATE TEMPORARY TABLE matching_line AS
    SELECT line.id, line.order_id, orders.customer_id, line.product_id, orders.occurred_at AS at,
           orders.number, line.position, line.amount_minor AS amount,
           CAST(round(line.quantity * 1000) AS bigint) AS quantity
    FROM commerce_line AS line JOIN commerce_order AS orders ON orders.id = line.order_id
    WHERE orders.cancelled_at IS NULL AND line.id IN (
        SELECT line.id FROM (SELECT DISTINCT order_id FROM matching_refund) AS placed
        JOIN commerce_line AS line ON line.order_id = placed.order_id
        UNION
        SELECT line.id FROM (
            SELECT DISTINCT customer_id FROM matching_refund WHERE product_id IS NOT NULL) AS person
        JOIN commerce_order AS orders ON orders.customer_id = person.customer_id
        JOIN commerce_line AS line ON line.order_id = orders.id
        WHERE (orders.customer_id, line.product_id) IN (
            SELECT customer_id, product_id FROM matching_refund))
"""

FOUND = """
    CREATE TEMPORARY TABLE matching_found (
        step integer, refund_line_id bigint, line_id bigint, quantity bigint, amount bigint)
"""

# Step 1: money without a quantity, spread over the lines of its order by what they are worth.
MONEY = """
    INSERT INTO matching_found
    WITH part AS (
        SELECT refund.id AS refund_line_id, line.id AS line_id, refund.amount AS whole,
               line.amount AS weight,
               sum(line.amount) OVER (PARTITION BY refund.id) AS weights,
               sum(line.amount) OVER (PARTITION BY refund.id ORDER BY line.position) AS upto
        FROM matching_refund AS refund JOIN matching_line AS line ON line.order_id = refund.order_id
         AND (refund.product_id IS NULL OR line.product_id = refund.product_id)
        WHERE line.amount > 0 AND (refund.product_id IS NULL OR refund.quantity = 0)
    ), share AS (
        SELECT refund_line_id, line_id,
               CAST(round(1.0 * whole * upto / weights) AS bigint)
               - CAST(round(1.0 * whole * (upto - weight) / weights) AS bigint) AS amount
        FROM part
    )
    SELECT 1, refund_line_id, line_id, 0, amount FROM share WHERE amount <> 0
"""

# Step 2: both sides of an order and product laid end to end; where two pieces overlap, they match.
THEIR_ORDER = """
    INSERT INTO matching_found
    WITH given AS (
        SELECT id, order_id, product_id, quantity, sum(quantity) OVER (
                   PARTITION BY order_id, product_id ORDER BY at, number, position, id) AS upto
        FROM matching_refund
        WHERE order_id IS NOT NULL AND product_id IS NOT NULL AND quantity > 0
    ), bought AS (
        SELECT id, order_id, product_id, quantity, sum(quantity) OVER (
                   PARTITION BY order_id, product_id ORDER BY position DESC) AS upto
        FROM matching_line
        WHERE product_id IS NOT NULL AND quantity > 0
          AND order_id IN (SELECT order_id FROM matching_refund)
    ), piece AS (
        SELECT given.id AS refund_line_id, bought.id AS line_id,
               CASE WHEN given.upto < bought.upto THEN given.upto ELSE bought.upto END
               - CASE WHEN given.upto - given.quantity > bought.upto - bought.quantity
                      THEN given.upto - given.quantity ELSE bought.upto - bought.quantity END
               AS quantity
        FROM given JOIN bought
          ON bought.order_id = given.order_id AND bought.product_id = given.product_id
    )
    SELECT 2, refund_line_id, line_id, quantity, NULL FROM piece WHERE quantity > 0
"""

# Step 3: a stack without a loop. A purchase raises its height, a refund lowers it, never below the
# ground. Every level is passed upwards and downwards in turns; so a refund undoes, at each level
# it passes, the purchase that passed it just before.
LATEST_FIRST = """
    INSERT INTO matching_found
    WITH touch AS (
        SELECT 0 AS back, line.id, line.customer_id, line.product_id, line.at, line.number,
               line.position, line.quantity - coalesce((
                   SELECT sum(quantity) FROM matching_found WHERE line_id = line.id), 0) AS quantity
        FROM matching_line AS line
        WHERE (line.customer_id, line.product_id) IN (
            SELECT customer_id, product_id FROM matching_refund)
        UNION ALL
        SELECT 1, refund.id, refund.customer_id, refund.product_id, refund.at, refund.number,
               refund.position, refund.quantity - coalesce((
                   SELECT sum(quantity) FROM matching_found WHERE refund_line_id = refund.id), 0)
        FROM matching_refund AS refund
    ), summed AS (
        SELECT *, row_number() OVER in_time AS turn,
               sum(CASE back WHEN 1 THEN -quantity ELSE quantity END) OVER in_time AS total
        FROM touch
        WHERE customer_id IS NOT NULL AND product_id IS NOT NULL AND quantity > 0
        WINDOW in_time AS (PARTITION BY customer_id, product_id
                           ORDER BY at, back, number, position, id)
    ), lowest AS (
        SELECT *, min(total) OVER (PARTITION BY customer_id, product_id ORDER BY turn) AS ground
        FROM summed
    ), risen AS (
        SELECT *, total - CASE WHEN ground < 0 THEN ground ELSE 0 END AS height FROM lowest
    ), passed AS (
        SELECT *, coalesce(lag(height) OVER (
                   PARTITION BY customer_id, product_id ORDER BY turn), 0) AS before
        FROM risen
    ), reach AS (
        SELECT back, id, customer_id, product_id, turn,
               CASE WHEN before < height THEN before ELSE height END AS low,
               CASE WHEN before < height THEN height ELSE before END AS high
        FROM passed WHERE before <> height
    ), mark AS (
        SELECT customer_id, product_id, low AS level FROM reach
        UNION
        SELECT customer_id, product_id, high FROM reach
    ), step AS (
        SELECT customer_id, product_id, level AS low,
               lead(level) OVER (PARTITION BY customer_id, product_id ORDER BY level) AS high
        FROM mark
    ), passing AS (
        SELECT reach.back, reach.id, step.high - step.low AS quantity,
               lag(reach.id) OVER level AS previous
        FROM step JOIN reach ON reach.customer_id = step.customer_id
         AND reach.product_id = step.product_id
         AND reach.low <= step.low AND reach.high >= step.high
        WINDOW level AS (PARTITION BY reach.customer_id, reach.product_id, step.low
                         ORDER BY reach.turn)
    )
    SELECT 3, id, previous, sum(quantity), NULL FROM passing WHERE back = 1 GROUP BY id, previous
"""

KEEP = """
    INSERT INTO commerce_refundmatch (refund_line_id, line_id, quantity, amount_minor, revision)
    WITH ranked AS (
        SELECT found.*, refund.amount AS whole, refund.quantity AS units,
               CAST(sum(found.quantity) OVER (
                   PARTITION BY refund.id ORDER BY found.step, line.at DESC, line.number DESC,
                   line.position DESC, line.id) AS bigint) AS upto
        FROM matching_found AS found JOIN matching_refund AS refund
          ON refund.id = found.refund_line_id JOIN matching_line AS line ON line.id = found.line_id
    ), worth AS (
        SELECT refund_line_id, line_id, quantity, coalesce(amount,
                   (2 * whole * upto + units) / (2 * units)
                   - (2 * whole * (upto - quantity) + units) / (2 * units)) AS amount
        FROM ranked
    )
    SELECT refund_line_id, line_id, sum(quantity) / 1000.0, sum(amount), %s
    FROM worth GROUP BY refund_line_id, line_id ORDER BY refund_line_id, line_id
"""
