"""What the goods cost that each customer bought and kept, as far as their cost is known."""

from typing import TYPE_CHECKING

from regulars.differentiate.metrics.public import Facts

if TYPE_CHECKING:
    import ibis


def goods_cost(facts: Facts) -> "ibis.Table":
    """Return one row a customer: ``goods_minor``, and the net value of goods of unknown cost.

    Quantity times the product's cost of today, less what was brought back of it.
    """
    known = facts.of_brand("products")
    known = known.select(product_id=known.id, cost=known.cost_minor)
    lines = facts.of_brand("lines").left_join(known, "product_id")
    lines = lines.select("id", "order_id", "quantity", "amount_minor", "cost")
    kept = _bought(lines).union(_brought_back(facts, lines))
    orders = facts.orders
    orders = orders.filter(orders.customer_id.notnull())
    of_order = orders.select(order_id=orders.id, customer_id=orders.customer_id)
    each = facts.as_themselves(kept.inner_join(of_order, "order_id"))
    return each.group_by("customer_id").agg(
        goods_minor=each.cost.sum().round().cast("int64"),
        goods_unknown_minor=each.unknown.sum().round().cast("int64"),
    )


def _bought(lines: "ibis.Table") -> "ibis.Table":
    return _summed(lines, lines.quantity, lines.amount_minor)


def _brought_back(facts: Facts, lines: "ibis.Table") -> "ibis.Table":
    match = facts.of_brand("refund_matches")
    line, refund = facts.of_brand("refund_lines"), facts.refunds
    dated = line.select(refund_line_id=line.id, refund_id=line.refund_id).semi_join(
        refund.select(refund_id=refund.id), "refund_id"
    )
    match = match.semi_join(dated, "refund_line_id")
    back = match.select("line_id", back=match.quantity, worth=match.amount_minor)
    found = back.inner_join(lines, [("line_id", "id")])
    return _summed(found, -found.back, -found.worth)


def _summed(lines: "ibis.Table", quantity: "ibis.Column", amount: "ibis.Column") -> "ibis.Table":
    told = lines.cost.isnull()
    return lines.group_by("order_id").agg(
        cost=(quantity * lines.cost).cast("float64").sum().fill_null(0.0),
        unknown=told.ifelse(amount, 0).cast("float64").sum(),
    )
