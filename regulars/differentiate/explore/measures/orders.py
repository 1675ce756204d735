"""How many orders, and how large they are."""

from django.utils.translation import gettext_lazy as _

from regulars.differentiate.explore.grains import About
from regulars.differentiate.explore.measure import Distinct, Measure, Part, Sum, Unit, share

WHOLE_ORDERS = _("an order holds several products, and its size belongs to none of them")

placed = Part(
    "placed",
    {"orders": Sum(), "lines": Distinct(lambda lines: lines.order_id)},
)
placed_whole = Part("placed_whole", {"orders": Sum()})
ordered_whole = Part("ordered_whole", {"orders": Sum(lambda orders: orders.net_minor)})
bought = Part(
    "bought",
    {
        "orders": Distinct(lambda orders: orders.customer_id),
        "lines": Distinct(lambda lines: lines.customer_id),
    },
)
sold = Part(
    "sold",
    {
        "lines": Sum(
            lambda lines: lines.goods.fill_null(True).ifelse(lines.quantity, 0.0),  # noqa: FBT003
            of_product=("goods",),
        )
    },
)

orders = Measure(
    key="orders",
    label=_("Orders"),
    sentence=_("Orders of everybody, also of people nobody knows. By product: those that hold it."),
    unit=Unit.COUNT,
    parts=(placed,),
    value=lambda parts: parts.placed,
)
average_order = Measure(
    key="average_order",
    label=_("Average order"),
    sentence=_("What was ordered divided by the number of orders; refunds are not taken off."),
    unit=Unit.MONEY,
    parts=(ordered_whole, placed_whole),
    value=share("ordered_whole", "placed_whole"),
    why_not={About.PRODUCT: WHOLE_ORDERS},
)
units = Measure(
    key="units",
    label=_("Units"),
    sentence=_(
        "Pieces of goods that were ordered; postage and other lines that are no goods are left "
        "out. Refunds are not taken off."
    ),
    unit=Unit.DECIMAL,
    parts=(sold,),
    value=lambda parts: parts.sold,
    shared=True,
)
items_per_order = Measure(
    key="items_per_order",
    label=_("Items per order"),
    sentence=_("Units divided by the number of orders."),
    unit=Unit.DECIMAL,
    parts=(sold, placed_whole),
    value=share("sold", "placed_whole"),
    why_not={About.PRODUCT: WHOLE_ORDERS},
)
buyers = Measure(
    key="buyers",
    label=_("Buyers"),
    sentence=_("Known people with at least one order, also those who brought everything back."),
    unit=Unit.COUNT,
    parts=(bought,),
    value=lambda parts: parts.bought,
)
