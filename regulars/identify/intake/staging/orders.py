"""Gather judged rows into orders and refunds. With a row that cannot be taken, none of it is.

Fills in the staging file ``st``: ``purchase`` with its lines ``sold``, ``refund`` with its lines
``given_back``, and ``reject``.
"""

from regulars.identify.intake.staging.filled import filled
from regulars.identify.intake.staging.terms import Terms
from regulars.lake.public import Workbench

STEP_LINES = 50_000


def gather_orders(db: Workbench, terms: Terms) -> None:
    """Fill the staging tables of ``judged``, ``head`` and ``order_person``."""
    returned = terms.reading.returned.replace("'", "''")
    blanks = {
        "step": str(STEP_LINES),
        "returned": f"coalesce(regexp_matches(status, '{returned}'), false)"
        if returned
        else "false",
    }
    for statement in _STATEMENTS:
        db.execute(filled(statement, **blanks))


_PROBLEMS = """
    CREATE OR REPLACE TABLE order_problem AS
    SELECT number, given_back, 'order_incomplete' AS problem FROM judged
    WHERE problem IS NOT NULL AND problem NOT IN ('not_paid', 'number_of_another')
      AND number IS NOT NULL
    GROUP BY number, given_back
    UNION ALL
    SELECT number, false, 'order_incomplete' FROM broken_order
"""

# The discount on the whole order is what the subtotal says, where there is one; shops differ in
# whether their discount column holds the discounts of the lines too.
_TOTALS = """
    CREATE OR REPLACE TABLE order_total AS
    SELECT judged.number, sum(value_minor) AS worth, sum(line_discount) AS line_discounts,
           min(instant) AS instant, arg_min(on_day, instant) AS on_day, min(row_no) AS row_no,
           count(*) AS lines, arg_min(coupon, row_no) AS coupon,
           arg_min(channel, row_no) AS channel,
           arg_min(branch, row_no) AS branch, arg_min(shipping_minor, row_no) AS shipping,
           arg_min(tax_minor, row_no) AS tax, arg_min(refunded_minor, row_no) AS refunded,
           arg_min(status, row_no) AS status,
           CASE WHEN arg_min(subtotal_minor, row_no) BETWEEN 0 AND sum(value_minor)
                THEN sum(value_minor) - arg_min(subtotal_minor, row_no)
                ELSE abs(coalesce(arg_min(order_discount_minor, row_no), 0)) END AS discount
    FROM judged LEFT JOIN (SELECT number, status FROM head) AS head USING (number)
    WHERE problem IS NULL AND NOT given_back
      AND judged.number NOT IN (SELECT number FROM order_problem WHERE NOT given_back)
    GROUP BY judged.number
"""

_REJECTS = """
    CREATE OR REPLACE TABLE st.reject AS
    SELECT row_no, problem AS reason, detail FROM judged WHERE problem IS NOT NULL
    UNION ALL
    SELECT row_no, 'order_incomplete', NULL FROM judged
    SEMI JOIN order_problem ON judged.number = order_problem.number
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
           left(channel, 40) AS channel, branch, lines, row_no,
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
               value_minor, line_discount
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
           CAST(line_discount + coalesce(share, 0) AS BIGINT) AS discount_minor
    FROM line LEFT JOIN shared_out USING (row_no) ORDER BY ordinal, position
"""

_REFUNDS = """
    CREATE OR REPLACE TABLE st.refund AS
    WITH told AS (
        SELECT number, arg_min(refund_of, row_no) AS order_number, min(instant) AS instant,
               arg_min(on_day, instant) AS on_day, abs(sum(abs(value_minor))) AS amount,
               arg_min(branch, row_no) AS branch, min(row_no) AS row_no, count(*) AS lines,
               number AS person_of
        FROM judged WHERE problem IS NULL AND given_back
          AND number NOT IN (SELECT number FROM order_problem WHERE given_back)
        GROUP BY number
        UNION ALL
        SELECT number, number, occurred_at, placed_on, refunded_minor, branch, row_no, 1, number
        FROM st.purchase WHERE refunded_minor > 0
    ), numbered AS (
        SELECT *, row_number() OVER (ORDER BY instant, row_no) AS ordinal,
               sum(lines) OVER (ORDER BY instant, row_no) AS upto
        FROM told
    )
    SELECT ordinal, CAST((upto - 1) // <step> AS INTEGER) AS step, numbered.number, order_number,
           person, instant AS occurred_at, on_day AS refunded_on, amount AS amount_minor, branch,
           lines, row_no
    FROM numbered LEFT JOIN order_person ON order_person.number = numbered.person_of
    ORDER BY ordinal
"""

_GIVEN_BACK = """
    CREATE OR REPLACE TABLE st.given_back AS
    SELECT refund.ordinal, step, row_number() OVER (PARTITION BY ordinal ORDER BY judged.row_no)
           AS position, coalesce(judged.sku, left(judged.product, 120)) AS sku,
           abs(pieces) AS quantity, abs(value_minor) AS amount_minor
    FROM judged JOIN st.refund AS refund ON refund.number = judged.number
    WHERE problem IS NULL AND given_back
    UNION ALL
    SELECT ordinal, step, 1, NULL, 0, amount_minor FROM st.refund
    WHERE order_number = number
    ORDER BY ordinal, position
"""

# Which rows an order is made of, for the case that its number turns out to be somebody else's.
_ORIGINS = """
    CREATE OR REPLACE TABLE st.origin AS
    SELECT number, given_back, row_no FROM judged
    WHERE problem IS NULL AND row_no NOT IN (SELECT row_no FROM st.reject)
"""

_STATEMENTS = (_PROBLEMS, _TOTALS, _REJECTS, _PURCHASES, _SOLD, _REFUNDS, _GIVEN_BACK, _ORIGINS)
