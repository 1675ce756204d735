"""What may have driven a customer away, from facts: evidence, and no more."""

from datetime import timedelta
from typing import TYPE_CHECKING

from regulars.differentiate.metrics.public import Facts

if TYPE_CHECKING:
    import ibis

LATELY = timedelta(days=60)
DEARER = 0.05  # a rise of less than a twentieth is no reason
SOLD_BEFORE = 5  # a product that was hardly ever sold has not gone because nobody bought it lately


def evidence(facts: Facts, people: "ibis.Table") -> "ibis.Table":
    """Return one row a customer of whose last visit something is to be said. Minor units.

    ``refund_minor`` was given back for the orders of the last visit; ``dearer_share`` is by how
    much the price of ``dearer_product_id``, bought then, has risen since; ``gone_product_id`` was
    bought then and by nobody for two months, after it had sold; ``last_branch_id`` is where.
    """
    orders = _last_orders(facts, people)
    lines = _last_lines(facts, orders)
    refund = _refunds(facts, orders)
    goods = _goods(facts, lines)
    where = orders.group_by("customer_id").agg(last_branch_id=orders.branch_id.max())
    joined = where.left_join(refund, "customer_id").drop("customer_id_right")
    return joined.left_join(goods, "customer_id").drop("customer_id_right")


def _last_orders(facts: Facts, people: "ibis.Table") -> "ibis.Table":
    orders = facts.orders
    known = facts.as_themselves(orders.filter(orders.customer_id.notnull()))
    last = people.select("customer_id", placed_on=people.last_on)
    found = known.inner_join(last, ["customer_id", "placed_on"])
    return found.select("customer_id", "placed_on", "branch_id", order_id=found.id)


def _refunds(facts: Facts, orders: "ibis.Table") -> "ibis.Table":
    matches = facts.matches.group_by("order_id").agg(back=lambda m: m.amount_minor.sum())
    found = orders.inner_join(matches, "order_id")
    return found.group_by("customer_id").agg(refund_minor=found.back.sum().cast("int64"))


def _last_lines(facts: Facts, orders: "ibis.Table") -> "ibis.Table":
    """Return the goods of the last visits, with the full price of one unit."""
    lines = _priced(facts)
    return lines.inner_join(orders.select("order_id", "customer_id"), "order_id")


def _priced(facts: Facts) -> "ibis.Table":
    lines, products = facts.of_brand("lines"), facts.of_brand("products")
    goods = products.filter(products.goods).select(product_id=products.id)
    sold = lines.filter(lines.quantity > 0).semi_join(goods, "product_id")
    return sold.select(
        "order_id",
        "product_id",
        price=(sold.amount_minor + sold.discount_minor) / sold.quantity,
        amount_minor=sold.amount_minor,
    )


def _goods(facts: Facts, lines: "ibis.Table") -> "ibis.Table":
    """Name the dearest of what has risen, and of what has gone, for each customer."""
    now = _going_prices(facts)
    found = lines.inner_join(now, "product_id")
    rise = found.going / found.price.nullif(0) - 1
    dearer = (rise >= DEARER).fill_null(False)  # noqa: FBT003
    gone = found.gone_on.notnull()
    found = found.mutate(rise=dearer.ifelse(rise, None), gone=gone)
    return found.group_by("customer_id").agg(
        dearer_share=found.rise.max(),
        dearer_product_id=found.product_id.argmax(found.rise, where=found.rise.notnull()),
        gone_product_id=found.product_id.argmax(found.amount_minor, where=found.gone),
        gone_on=found.gone_on.argmax(found.amount_minor, where=found.gone),
    )


def _going_prices(facts: Facts) -> "ibis.Table":
    """Return each product's median price of late, or the day it was last sold if not of late."""
    orders = facts.orders
    dated = _priced(facts).inner_join(
        orders.select(order_id=orders.id, day=orders.placed_on), "order_id"
    )
    late = dated.day > facts.as_of - LATELY
    each = dated.group_by("product_id").agg(
        going=dated.price.median(where=late),
        last_on=dated.day.max(),
        times=dated.count(),
    )
    missing = each.going.isnull() & (each.times >= SOLD_BEFORE)
    return each.select("product_id", "going", gone_on=missing.ifelse(each.last_on, None))
