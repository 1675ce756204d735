"""What a product sold, read from the lake: refunds matched to its lines are taken off."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from regulars.lake.public import NeverMirrored, NotInTheLake, Reading, reading
from regulars.organization.public import Branches, Brand

if TYPE_CHECKING:
    import ibis

MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    begins_on: date
    quantity: float
    net_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """Of one product at one brand: all time, and the last months in which something was sold."""

    quantity: float
    returned: float
    net_minor: int
    orders: int
    buyers: int
    first_on: date | None
    last_on: date | None
    months: tuple[Month, ...]


def sales_of(*, brand: Brand, product_id: int, branch_ids: Branches = None) -> Sales | None:
    """Return the sales of a product as of the lake's newest state; None when there is none yet."""
    try:
        with reading() as lake:
            return _sales(lake, brand.pk, product_id, branch_ids)
    except (NeverMirrored, NotInTheLake):
        return None


def _sales(lake: Reading, brand_id: int, product_id: int, branch_ids: Branches) -> Sales:
    sold = _sold(lake, brand_id, product_id, branch_ids)
    total = sold.aggregate(
        quantity=sold.quantity.sum().fill_null(0.0),
        returned=sold.returned.sum().fill_null(0.0),
        net_minor=sold.net_minor.sum().fill_null(0),
        orders=sold.order_id.nunique(),
        buyers=sold.customer_id.nunique(),
        first_on=sold.placed_on.min(),
        last_on=sold.placed_on.max(),
    )
    month = sold.placed_on.truncate("M").name("begins_on")
    by_month = sold.group_by(month).aggregate(
        quantity=sold.quantity.sum() - sold.returned.sum(), net_minor=sold.net_minor.sum()
    )
    latest = by_month.order_by(by_month.begins_on.desc()).limit(MONTHS_SHOWN)
    [figures] = total.to_pyarrow().to_pylist()
    months = (Month(**row) for row in reversed(latest.to_pyarrow().to_pylist()))
    return Sales(**figures, months=tuple(months))


def _sold(lake: Reading, brand_id: int, product_id: int, branch_ids: Branches) -> "ibis.Table":
    from ibis import _

    lines = lake.table("lines")
    lines = lines.filter(lines.brand_id == brand_id, lines.product_id == product_id)
    orders = lake.table("orders")
    orders = orders.filter(orders.brand_id == brand_id)
    if branch_ids is not None:
        orders = orders.filter(orders.branch_id.isin(sorted(branch_ids)))
    matches = lake.table("refund_matches").filter(_.brand_id == brand_id)
    back = matches.group_by("line_id").aggregate(
        back_quantity=_.quantity.sum(), back_minor=_.amount_minor.sum()
    )
    people = lake.table("customers").select(person="id", canonical="canonical_id")
    bought = orders.select("customer_id", "placed_on", placed="id")
    return (
        lines.inner_join(bought, lines.order_id == bought.placed)
        .left_join(back, _.id == back.line_id)
        .left_join(people, _.customer_id == people.person)
        .select(
            "order_id",
            "placed_on",
            "quantity",
            customer_id=_.canonical,
            returned=_.back_quantity.fill_null(0.0),
            net_minor=(_.amount_minor - _.back_minor.fill_null(0)).cast("int64"),
        )
    )
