"""What must be true of orders and refunds, whoever wrote them: each query finds what is not."""

BOOKS = {
    "orders are worth the sum of their lines": """
        SELECT parent.id FROM commerce_order AS parent
        LEFT JOIN (SELECT order_id, sum(amount_minor) AS worth FROM commerce_line GROUP BY order_id)
               AS lines ON lines.order_id = parent.id
        WHERE parent.net_minor <> coalesce(lines.worth, 0)
    """,
    "refunds are worth the sum of their lines": """
        SELECT parent.id FROM commerce_refund AS parent
        LEFT JOIN (SELECT refund_id, sum(amount_minor) AS worth FROM commerce_refundline
                   GROUP BY refund_id) AS lines ON lines.refund_id = parent.id
        WHERE parent.amount_minor <> coalesce(lines.worth, 0)
    """,
    "no more of a line is refunded than was bought": """
        SELECT line.id FROM commerce_line AS line JOIN (
            SELECT line_id, sum(quantity) AS back FROM commerce_refundmatch GROUP BY line_id
        ) AS matched ON matched.line_id = line.id
        WHERE matched.back > line.quantity + 0.0005
    """,
    "no more of a refund is matched than was given back": """
        SELECT line.id FROM commerce_refundline AS line JOIN (
            SELECT refund_line_id, sum(quantity) AS quantity, sum(amount_minor) AS amount
            FROM commerce_refundmatch GROUP BY refund_line_id
        ) AS matched ON matched.refund_line_id = line.id
        WHERE matched.quantity > line.quantity + 0.0005 OR matched.amount > line.amount_minor
    """,
    "a refund undoes its own order, or an earlier purchase of the same person": """
        SELECT match.id FROM commerce_refundmatch AS match
        JOIN commerce_refundline AS back ON back.id = match.refund_line_id
        JOIN commerce_refund AS refund ON refund.id = back.refund_id
        JOIN commerce_line AS line ON line.id = match.line_id
        JOIN commerce_order AS bought ON bought.id = line.order_id
        WHERE (back.product_id IS NOT NULL AND back.product_id <> line.product_id)
           OR (bought.id <> coalesce(refund.order_id, 0)
               AND (bought.customer_id <> refund.customer_id OR refund.customer_id IS NULL
                    OR bought.customer_id IS NULL OR bought.occurred_at > refund.occurred_at))
    """,
    "orders name customers, branches and products of their own brand": """
        SELECT bought.id FROM commerce_order AS bought
        LEFT JOIN customers_customer AS person ON person.id = bought.customer_id
        LEFT JOIN organization_branch AS branch ON branch.id = bought.branch_id
        WHERE person.brand_id <> bought.brand_id OR branch.brand_id <> bought.brand_id
           OR (bought.customer_id IS NOT NULL AND person.id IS NULL)
        UNION
        SELECT bought.id FROM commerce_line AS line
        JOIN commerce_order AS bought ON bought.id = line.order_id
        JOIN commerce_product AS product ON product.id = line.product_id
        WHERE product.brand_id <> bought.brand_id
    """,
    "refunds name the customer and the brand of their order": """
        SELECT refund.id FROM commerce_refund AS refund
        LEFT JOIN commerce_order AS bought ON bought.id = refund.order_id
        LEFT JOIN customers_customer AS person ON person.id = refund.customer_id
        WHERE person.brand_id <> refund.brand_id OR bought.brand_id <> refund.brand_id
           OR (refund.order_id IS NOT NULL AND bought.id IS NULL)
           OR (bought.id IS NOT NULL
               AND coalesce(bought.customer_id, 0) <> coalesce(refund.customer_id, 0))
    """,
    "no line is left without its order or refund": """
        SELECT line.id FROM commerce_line AS line
        LEFT JOIN commerce_order AS bought ON bought.id = line.order_id WHERE bought.id IS NULL
        UNION ALL
        SELECT line.id FROM commerce_refundline AS line
        LEFT JOIN commerce_refund AS refund ON refund.id = line.refund_id WHERE refund.id IS NULL
    """,
}
