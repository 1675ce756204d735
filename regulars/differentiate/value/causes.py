"""What may have driven a customer away, from facts: evidence, and no more."""

from datetime import timedelta
from typing import TYPE_CHECKING

from regulars.differentiate.metrics.public import Facts

if TYPE_CHECKING:
    import ibis

NOW = timedelta(days=28)  # what was paid in this time is what a product costs now
LATELY = timedelta(days=60)
DEARER = 0.05  # a rise of less than a twentieth is no reason
LEAST_TELLING = 20  # minor units: of less, rounding alone would look like a rise
SOLD_BEFORE = 5  # a product that was hardly ever sold has not gone because nobody bought it lately


def evidence(facts: Facts, people: "ibis.Table") -> "ibis.Table":
    """Return one row a customer of whose last visit something is to be said. Minor units.

    ``refund_minor`` was given back for the orders of the last visit and of later days, which were
    no visits because of it; ``dearer_share`` is by how much the price of ``dearer_product_id``,
    bought then, has risen since; ``gone_product_id`` was bought then and by nobody for two months,
    after it had sold; ``last_branch_id`` is where.
    """
    since = _orders_since(facts, people)
    last = since.filter(since.placed_on == since.last_on)
    where = last.group_by("customer_id").agg(
        last_branch_id=last.branch_id.argmax(last.occurred_at, where=last.branch_id.notnull())
    )
    joined = where.left_join(_refunds(facts, since), "customer_id").drop("customer_id_right")
    goods = _goods(_lines(facts).inner_join(last, "order_id"), _going_prices(facts), facts)
    joined = joined.left_join(goods, "customer_id").drop("customer_id_right")
    return joined.mutate(refund_minor=joined.refund_minor.fill_null(0))


def _orders_since(facts: Facts, people: "ibis.Table") -> "ibis.Table":
    orders = facts.orders
    known = facts.as_themselves(orders.filter(orders.customer_id.notnull()))
    found = known.inner_join(people.select("customer_id", "last_on"), "customer_id")
    found = found.filter(found.placed_on >= found.last_on)
    return found.select(
        "customer_id", "placed_on", "last_on", "occurred_at", "branch_id", order_id=found.id
    )


def _refunds(facts: Facts, orders: "ibis.Table") -> "ibis.Table":
    matches = facts.matches.group_by("order_id").agg(back=lambda m: m.amount_minor.sum())
    found = orders.inner_join(matches, "order_id")
    return found.group_by("customer_id").agg(refund_minor=found.back.sum().cast("int64"))


def _lines(facts: Facts) -> "ibis.Table":
    """Return what was sold of goods, with the full price of one unit; presents were not sold."""
    products, orders = facts.of_brand("products"), facts.orders
    goods = products.filter(products.goods).select(product_id=products.id)
    lines = facts.lines
    full = lines.amount_minor + lines.discount_minor
    sold = lines.mutate(full=full).filter(lines.quantity > 0, full > 0)
    sold = sold.semi_join(goods, "product_id")
    paid_in = orders.select(order_id=orders.id, currency=orders.currency)
    return sold.inner_join(paid_in, "order_id").select(
        "order_id",
        "product_id",
        "currency",
        "amount_minor",
        day=sold.placed_on,
        price=(sold.full >= LEAST_TELLING).ifelse(sold.full / sold.quantity, None),
    )


def _goods(lines: "ibis.Table", now: "ibis.Table", facts: Facts) -> "ibis.Table":
    """Name the dearest of what has risen, and of what has gone, for each customer.

    What was bought so late that it is itself part of today's price has not risen since.
    """
    found = lines.inner_join(now, ["product_id", "currency"])
    rise = found.going / found.price - 1
    dearer = ((rise >= DEARER) & (found.day <= facts.as_of - NOW)).fill_null(False)  # noqa: FBT003
    found = found.mutate(rise=dearer.ifelse(rise, None), gone=found.gone_on.notnull())
    return found.group_by("customer_id").agg(
        dearer_share=found.rise.max(),
        dearer_product_id=found.product_id.argmax(found.rise, where=found.rise.notnull()),
        gone_product_id=found.product_id.argmax(found.amount_minor, where=found.gone),
        gone_on=found.gone_on.argmax(found.amount_minor, where=found.gone),
    )


def _going_prices(facts: Facts) -> "ibis.Table":
    """Return each product's median price of now, or the day it was last sold if not of late."""
    sold = _lines(facts)
    each = sold.group_by("product_id", "currency").agg(
        going=sold.price.median(where=sold.day > facts.as_of - NOW),
        last_on=sold.day.max(),
        times=sold.count(),
    )
    gone = (each.last_on <= facts.as_of - LATELY) & (each.times >= SOLD_BEFORE)
    return each.select("product_id", "currency", "going", gone_on=gone.ifelse(each.last_on, None))
