"""What people bought and kept: orders and lines less what was given back of them."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from regulars.differentiate.segments.family import Comparison
from regulars.differentiate.segments.ground import Ground, in_window
from regulars.differentiate.segments.windows import Window

if TYPE_CHECKING:
    import ibis

OF_PRODUCTS = ("sku", "product", "maker", "category")
OF_ORDERS = ("branch", "channel", "coupon", "order_amount")
ORDER_KEY = ("customer_id", "order_id")


def orders(
    ground: Ground,
    *,
    where: Sequence[Comparison],
    window: Window,
    by: Collection[str] = (),
    of_orders: Collection[str] = (),
) -> "ibis.Table":
    """Return the orders of each person: ``amount``, ``quantity`` and ``discount`` of what counts.

    An order counts unless it was given back whole; what was given back of it is taken off, as far
    as it was known on the day. Filters on products leave the lines that pass them, and the orders
    that have such lines. ``by`` names columns of lines that are wanted: then a row is a line.
    ``of_orders`` names columns that lines do not have: at, branch_id, channel, coupon.
    """
    if by or about_products(where):
        return _of_lines(ground, where, window, by, of_orders)
    return _whole(ground, where, window)


def about_products(where: Sequence[Comparison]) -> bool:
    """Whether only some lines of an order are meant."""
    return any(one.subject.key in OF_PRODUCTS for one in where)


def _whole(ground: Ground, where: Sequence[Comparison], window: Window) -> "ibis.Table":
    found = in_window(_orders(ground), window, ground)
    found = _less_returns(found, _returned(ground, "order_id"), "order_id")
    return found.filter(*_holding(found, where, ground)) if where else found


def _of_lines(
    ground: Ground,
    where: Sequence[Comparison],
    window: Window,
    by: Collection[str],
    of_orders: Collection[str],
) -> "ibis.Table":
    about_goods = [one for one in where if one.subject.key in OF_PRODUCTS]
    about_order = [one for one in where if one.subject.key in OF_ORDERS]
    bought = in_window(_lines(ground, about_goods, by), window, ground)
    if about_order or of_orders:
        placed = _placed(ground, about_order, window).select("order_id", *of_orders)
        bought = bought.inner_join(placed, "order_id")
    bought = _less_returns(bought, _returned(ground, "line_id"), "line_id")
    if by:
        return bought
    same = {name: bought[name].arbitrary() for name in ("day", *of_orders)}
    return bought.group_by(*ORDER_KEY).agg(
        **same,
        amount=bought.amount.sum(),
        quantity=bought.quantity.sum(),
        discount=bought.discount.sum(),
    )


def _placed(ground: Ground, where: Sequence[Comparison], window: Window) -> "ibis.Table":
    """Return the orders of which lines are looked at, whole or in part."""
    if any(one.subject.key == "order_amount" for one in where):
        return _whole(ground, where, window)
    placed = in_window(_orders(ground), window, ground)
    return placed.filter(*_holding(placed, where, ground)) if where else placed


def _orders(ground: Ground) -> "ibis.Table":
    placed = ground.theirs(ground.facts.orders)
    return placed.select(
        "customer_id",
        "branch_id",
        order_id=placed.id,
        at=placed.occurred_at,
        day=placed.placed_on,
        channel=placed.channel.nullif(""),
        coupon=placed.coupon.nullif(""),
        amount=placed.net_minor.cast("float64"),
        discount=placed.discount_minor.cast("float64"),
    )


def _lines(ground: Ground, where: Sequence[Comparison], by: Collection[str]) -> "ibis.Table":
    lines = ground.theirs(ground.facts.lines)
    lines = lines.select(
        "customer_id",
        "order_id",
        "product_id",
        "quantity",
        line_id=lines.id,
        day=lines.placed_on,
        amount=lines.amount_minor.cast("float64"),
        discount=lines.discount_minor.cast("float64"),
    )
    if not where and not set(by) - {"product_id"}:
        return lines
    products = ground.of_brand("products")
    known = products.select(
        product_id=products.id,
        sku=products.sku.nullif(""),
        product=products.name.nullif(""),
        maker=products.maker.nullif(""),
        category=products.category.nullif(""),
    )
    kept = [one.holds(known[one.subject.key], ground.day) for one in where]
    known = known.filter(*kept) if kept else known
    return lines.inner_join(known, "product_id")


def _returned(ground: Ground, of: str) -> "ibis.Table":
    """Return what was given back of each order or line, as known on the day."""
    refunds = ground.facts.refunds
    lines, matches = ground.of_brand("refund_lines"), ground.of_brand("refund_matches")
    given = lines.select(refund_line_id=lines.id, refund_id=lines.refund_id)
    known = given.semi_join(refunds, given.refund_id == refunds.id)
    found = matches.semi_join(known, "refund_line_id")
    return found.group_by(returned_of=found[of]).agg(
        returned=found.amount_minor.sum().cast("float64"),
        returned_quantity=found.quantity.sum(),
    )


def _less_returns(bought: "ibis.Table", back: "ibis.Table", key: str) -> "ibis.Table":
    joined = bought.left_join(back, bought[key] == back.returned_of)
    gone = (joined.returned > 0) & (joined.returned >= joined.amount)
    if "quantity" in bought.columns:
        gone = joined.returned_quantity >= joined.quantity
        joined = joined.mutate(quantity=joined.quantity - joined.returned_quantity.fill_null(0))
    left = joined.mutate(amount=joined.amount - joined.returned.fill_null(0))
    left = left.filter(~gone.fill_null(False))  # noqa: FBT003
    return left.drop("returned_of", "returned", "returned_quantity")


def _holding(
    table: "ibis.Table", where: Sequence[Comparison], ground: Ground
) -> list["ibis.Value"]:
    columns = {"branch": "branch_id", "order_amount": "amount"}
    found = []
    for one in where:
        column = table[columns.get(one.subject.key, one.subject.key)]
        if one.subject.key == "branch":
            column = column.cast("string")
        found.append(one.holds(column, ground.day))
    return found
