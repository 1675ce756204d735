"""What was sold, what was given back, and what was left."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.explore.measure import Measure, Part, Sum, Unit, share

ordered = Part(
    "ordered",
    {
        "orders": Sum(lambda orders: orders.net_minor),
        "lines": Sum(lambda lines: lines.amount_minor),
    },
)
refunded = Part(
    "refunded",
    {
        "refunds": Sum(lambda refunds: refunds.amount_minor),
        "refund_lines": Sum(lambda lines: lines.amount_minor),
    },
)
discounted = Part(
    "discounted",
    {
        "orders": Sum(lambda orders: orders.discount_minor),
        "lines": Sum(lambda lines: lines.discounted_minor),
    },
)
of_known_cost = Part(
    "of_known_cost",
    {
        "lines": Sum(
            lambda lines: lines.cost_minor.notnull().ifelse(lines.amount_minor, 0),
            of_product=("cost_minor",),
        )
    },
)
with_cost = Part(
    "with_cost",
    {
        "lines": Sum(
            lambda lines: lines.cost_minor.notnull().cast("int8"), of_product=("cost_minor",)
        )
    },
)
cost = Part(
    "cost",
    {
        "lines": Sum(
            lambda lines: (lines.cost_minor * lines.quantity).fill_null(0.0),
            of_product=("cost_minor",),
        )
    },
)

net_revenue = Measure(
    key="net_revenue",
    label=_("Net revenue"),
    sentence=_(
        "What was ordered in the period, after all discounts and without shipping and tax, less "
        "what was given back in it, whenever that had been bought."
    ),
    unit=Unit.MONEY,
    parts=(ordered, refunded),
    value=lambda parts: parts.ordered - parts.refunded,
    shared=True,
)
sales = Measure(
    key="ordered",
    label=pgettext_lazy("measure", "Ordered"),
    sentence=_(
        "What was ordered in the period, after all discounts and without shipping and tax; "
        "refunds are not taken off."
    ),
    unit=Unit.MONEY,
    parts=(ordered,),
    value=lambda parts: parts.ordered,
    shared=True,
)
refunds = Measure(
    key="refunded",
    label=_("Refunded"),
    sentence=_("What was given back in the period, whenever it had been bought."),
    unit=Unit.MONEY,
    parts=(refunded,),
    value=lambda parts: parts.refunded,
    shared=True,
)
refund_rate = Measure(
    key="refund_rate",
    label=_("Refund rate"),
    sentence=_("What was given back in the period, divided by what was ordered in it."),
    unit=Unit.SHARE,
    parts=(refunded, ordered),
    value=share("refunded", "ordered"),
)
discount_share = Measure(
    key="discount_share",
    label=_("Discount share"),
    sentence=_("Discounts, divided by what the orders would have cost without them."),
    unit=Unit.SHARE,
    parts=(discounted, ordered),
    value=lambda parts: parts.discounted / (parts.ordered + parts.discounted).nullif(0),
)
gross_margin = Measure(
    key="gross_margin",
    label=_("Gross margin"),
    sentence=_(
        "What the ordered lines brought less what their products cost, only of products whose "
        "cost is known; unknown where none is. Refunds are not taken off."
    ),
    unit=Unit.MONEY,
    parts=(of_known_cost, cost, with_cost),
    value=lambda parts: (parts.with_cost > 0).ifelse(parts.of_known_cost - parts.cost, None),
    shared=True,
)
margin_share = Measure(
    key="margin_share",
    label=_("Margin share"),
    sentence=_("Gross margin, divided by what the products of known cost brought."),
    unit=Unit.SHARE,
    parts=(of_known_cost, cost),
    value=lambda parts: (parts.of_known_cost - parts.cost) / parts.of_known_cost.nullif(0),
)
cost_known = Measure(
    key="cost_known",
    label=_("Cost known"),
    sentence=_("The share of what was ordered that went to products whose cost is known."),
    unit=Unit.SHARE,
    parts=(of_known_cost, ordered),
    value=share("of_known_cost", "ordered"),
)
