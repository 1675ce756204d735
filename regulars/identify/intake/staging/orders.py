"""Gather judged rows into orders and refunds. With a row that cannot be taken, none of it is.

Fills in the staging file ``st``: ``purchase`` with its lines ``sold``, ``refund`` with its lines
``given_back``, and ``reject``.
"""

from regulars.identify.intake.staging.filled import filled
from regulars.identify.intake.staging.terms import Terms
from regulars.lake.public import Workbench

STEP_LINES = 50_000


def refuse_orders(db: Workbench) -> None:
    """Fill ``st.reject`` of ``judged``, ``head`` and ``broken_order``."""
    for statement in (_PROBLEMS, _TOTALS, _REJECTS):
        db.execute(statement)


def gather_orders(db: Workbench, terms: Terms) -> None:
    """Fill the other staging tables of what is not refused, and of ``order_person``."""
    returned = terms.reading.returned.replace("'", "''")
    blanks = {
        "step": str(STEP_LINES),
        "returned": f"coalesce(regexp_matches(status, '{returned}'), false)"
        if returned
        else "false",
    }
    for statement in (_PURCHASES, _SOLD, _RETURNED, _REFUNDS, _GIVEN_BACK, _ORIGINS):
        now = {"now": terms.now.replace(tzinfo=None)} if "$now" in statement else {}
        db.execute(filled(statement, **blanks), now)


_PROBLEMS = """
    CREATE OR REPLACE TABLE order_problem AS
    SELECT number, given_back, min(row_no) AS row_no FROM (
        SELECT number, given_back, row_no FROM judged
        WHERE problem IS NOT NULL
          AND problem NOT IN ('not_paid', 'came_back', 'number_of_another')
        UNION ALL
        SELECT number, unnest([false, true]), row_no FROM broken_order
    ) WHERE number IS NOT NULL GROUP BY number, given_back
"""

# The discount on the whole order is what the subtotal says, where there is one; shops differ in
# whether their discount column holds the discounts of the lines too. Where the lines are worth less
# than the goods were, their quantities tell what came back: then the discount is that of what was
# kept, and the money given back is not taken off again.
_TOTALS = """
    CREATE OR REPLACE TABLE order_total AS
    SELECT judged.number, sum(value_minor) AS worth, sum(line_discount) AS line_discounts,
           min(instant) AS instant, arg_min(on_day, instant) AS on_day, min(row_no) AS row_no,
           count(*) AS lines, arg_min(coupon, row_no) AS coupon,
           arg_min(channel, row_no) AS channel,
           arg_min(branch, row_no) AS branch, arg_min(shipping_minor, row_no) AS shipping,
           coalesce(arg_min(tax_minor, row_no), sum(line_tax_minor)) AS tax,
           CASE WHEN arg_min(goods_minor, row_no) > sum(value_minor) THEN NULL
                ELSE abs(arg_min(refunded_minor, row_no)) END AS refunded,
           arg_min(status, row_no) AS status, max(returned_at) AS returned_at,
           arg_max(returned_on, returned_at) AS returned_on,
           CASE WHEN arg_min(subtotal_minor, row_no) BETWEEN 0 AND sum(value_minor)
                THEN sum(value_minor) - arg_min(subtotal_minor, row_no)
                ELSE CAST(round(abs(coalesce(arg_min(order_discount_minor, row_no), 0))
                     * least(1.0, sum(value_minor) / arg_min(goods_minor, row_no))) AS BIGINT)
           END AS discount
    FROM judged LEFT JOIN (SELECT number, status FROM head) AS head USING (number)
    WHERE problem IS NULL AND NOT given_back
      AND judged.number NOT IN (SELECT number FROM order_problem WHERE NOT given_back)
    GROUP BY judged.number
"""

_REJECTS = """
    CREATE OR REPLACE TABLE st.reject AS
    SELECT row_no, problem AS reason, detail FROM judged WHERE problem IS NOT NULL
    UNION ALL
    SELECT judged.row_no, 'order_incomplete', CAST(order_problem.row_no AS VARCHAR) FROM judged
    JOIN order_problem ON judged.number = order_problem.number
     AND judged.given_back = order_problem.given_back
    WHERE judged.problem IS NULL
    UNION ALL
    SELECT row_no, 'discount_above', NULL FROM judged
    WHERE problem IS NULL AND NOT given_back
      AND number IN (SELECT number FROM order_total WHERE discount > worth)
    ORDER BY row_no
"""

_PURCHASES = """
    CREATE OR REPLACE TABLE st.purchase AS
    WITH numbered AS (
        SELECT *, row_number() OVER (ORDER BY instant, row_no) AS ordinal,
               sum(lines) OVER (ORDER BY instant, row_no) AS upto
        FROM order_total WHERE discount <= worth
    )
    SELECT ordinal, CAST((upto - 1) // <step> AS INTEGER) AS step, number, person,
           instant AS occurred_at, on_day AS placed_on, worth - discount AS net_minor,
           line_discounts + discount AS discount_minor, discount AS shared,
           shipping AS shipping_minor, tax AS tax_minor, left(coupon, 120) AS coupon,
           left(channel, 40) AS channel, branch, lines, row_no, returned_at, returned_on,
           CASE WHEN <returned> THEN coalesce(refunded, worth - discount)
                ELSE refunded END AS refunded_minor
    FROM numbered LEFT JOIN order_person USING (number) ORDER BY ordinal
"""

# Shares of the order's discount: largest remainder, between equals the earlier line, as
# money.allocate does it.
_SOLD = """
    CREATE OR REPLACE TABLE st.sold AS
    WITH line AS (
        SELECT purchase.ordinal, step, judged.row_no, shared,
               row_number() OVER (PARTITION BY ordinal ORDER BY judged.row_no) AS position,
               coalesce(judged.sku, left(judged.product, 120)) AS sku, pieces AS quantity,
               value_minor, line_discount, line_refunded_minor
        FROM judged JOIN st.purchase AS purchase ON purchase.number = judged.number
        WHERE problem IS NULL AND NOT given_back
    ), divided AS (
        SELECT *, sum(value_minor) OVER whole AS worth,
               shared::HUGEINT * value_minor // nullif(sum(value_minor) OVER whole, 0) AS share,
               shared::HUGEINT * value_minor % nullif(sum(value_minor) OVER whole, 0) AS rest
        FROM line WHERE shared > 0 WINDOW whole AS (PARTITION BY ordinal)
    ), shared_out AS (
        SELECT row_no, share + CASE WHEN row_number() OVER (
                   PARTITION BY ordinal ORDER BY rest DESC, position)
                   <= shared - sum(share) OVER (PARTITION BY ordinal) THEN 1 ELSE 0 END AS share
        FROM divided
    )
    SELECT ordinal, step, position, sku, quantity,
           CAST(value_minor - coalesce(share, 0) AS BIGINT) AS amount_minor,
           CAST(line_discount + coalesce(share, 0) AS BIGINT) AS discount_minor,
           least(abs(coalesce(line_refunded_minor, 0)), amount_minor) AS returned_minor
    FROM line LEFT JOIN shared_out USING (row_no) ORDER BY ordinal, position
"""

# What the rows of an order say was given back of it: by line, and beyond that of the whole. Never
# more than the goods brought: postage and tax that went back with them were not counted before.
# Where no row tells when, it was with the order; what is new about an order known before came
# back by the time of the file's last row.
_RETURNED = """
    CREATE OR REPLACE TABLE returned AS
    SELECT ordinal, number, branch, row_no, by_line, parts,
           greatest(0, least(coalesce(refunded_minor, 0), net_minor) - by_line) AS rest,
           coalesce(told_at, occurred_at) AS instant, coalesce(told_on, placed_on) AS on_day,
           coalesce(told_at, last_at) AS grown_at, coalesce(told_on, last_on) AS grown_on
    FROM (SELECT *, CASE WHEN returned_at BETWEEN occurred_at AND $now THEN returned_at END
                    AS told_at,
                 CASE WHEN told_at IS NOT NULL THEN returned_on END AS told_on
          FROM st.purchase)
    CROSS JOIN (SELECT max(instant) AS last_at, arg_max(on_day, instant) AS last_on
                FROM judged WHERE problem IS NULL)
    JOIN (
        SELECT ordinal, CAST(sum(returned_minor) AS BIGINT) AS by_line,
               count(*) FILTER (returned_minor > 0) AS parts
        FROM st.sold GROUP BY ordinal
    ) USING (ordinal)
    WHERE by_line > 0 OR refunded_minor > 0
"""

_REFUNDS = """
    CREATE OR REPLACE TABLE st.refund AS
    WITH row_told AS (
        SELECT number, coalesce(arg_min(refund_of, row_no), CASE WHEN bool_or(called_refund)
                       OR number IN (SELECT number FROM st.purchase) THEN number END)
               AS order_number, min(instant) AS instant, arg_min(on_day, instant) AS on_day,
               CAST(NULL AS TIMESTAMP) AS grown_at, CAST(NULL AS DATE) AS grown_on,
               abs(sum(abs(value_minor))) AS amount,
               arg_min(branch, row_no) AS branch, min(row_no) AS row_no, count(*) AS lines,
               CAST(NULL AS BIGINT) AS of_purchase
        FROM judged WHERE problem IS NULL AND given_back
          AND number NOT IN (SELECT number FROM order_problem WHERE given_back)
        GROUP BY number
    ), told AS (
        SELECT * FROM row_told
        UNION ALL
        SELECT number, number, instant, on_day, grown_at, grown_on, by_line + rest, branch, row_no,
               parts + CAST(rest > 0 AS BIGINT), ordinal
        FROM returned WHERE by_line + rest > 0 AND number NOT IN (
            SELECT unnest([number, order_number]) FROM row_told WHERE order_number IS NOT NULL
            UNION SELECT number FROM row_told)
    ), numbered AS (
        SELECT *, row_number() OVER (ORDER BY instant, row_no) AS ordinal,
               sum(lines) OVER (ORDER BY instant, row_no) AS upto
        FROM told
    )
    SELECT ordinal, CAST((upto - 1) // <step> AS INTEGER) AS step, numbered.number, order_number,
           person, instant AS occurred_at, on_day AS refunded_on, amount AS amount_minor, branch,
           lines, row_no, of_purchase, grown_at, grown_on
    FROM numbered LEFT JOIN order_person USING (number) ORDER BY ordinal
"""

# A line that came back for all it brought came back whole; of a part only the money is known.
_GIVEN_BACK = """
    CREATE OR REPLACE TABLE st.given_back AS
    WITH part AS (
        SELECT refund.ordinal, step, judged.row_no AS place,
               coalesce(judged.sku, left(judged.product, 120)) AS sku,
               abs(pieces) AS quantity, abs(value_minor) AS amount_minor
        FROM judged JOIN st.refund AS refund ON refund.number = judged.number
        WHERE problem IS NULL AND given_back AND of_purchase IS NULL
        UNION ALL
        SELECT refund.ordinal, refund.step, sold.position, sold.sku,
               CASE WHEN returned_minor = sold.amount_minor THEN sold.quantity ELSE 0 END,
               returned_minor
        FROM st.refund AS refund JOIN st.sold AS sold ON sold.ordinal = of_purchase
        WHERE returned_minor > 0
        UNION ALL
        SELECT refund.ordinal, refund.step, NULL, NULL, 0, rest
        FROM st.refund AS refund JOIN returned ON returned.ordinal = of_purchase WHERE rest > 0
    )
    SELECT ordinal, step, row_number() OVER (PARTITION BY ordinal ORDER BY place NULLS LAST)
           AS position, sku, quantity, amount_minor
    FROM part ORDER BY ordinal, position
"""

# Which rows an order is made of, for the case that its number turns out to be somebody else's, and
# which one tells what came back of it, for the case that more is known to have.
_ORIGINS = """
    CREATE OR REPLACE TABLE st.origin AS
    SELECT number, given_back, row_no, 'number_taken' AS reason
    FROM judged ANTI JOIN st.reject USING (row_no)
    UNION ALL
    SELECT number, true, row_no, 'refund_smaller' FROM st.refund WHERE of_purchase IS NOT NULL
"""
