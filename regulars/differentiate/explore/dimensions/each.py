"""One customer, one order: by what a figure is opened down to the facts behind it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.explore.dimension import Dimension
from regulars.differentiate.explore.grains import About

NOBODY = pgettext_lazy("customer", "people nobody knows")

each_customer = Dimension(
    key="customer",
    label=_("Customer"),
    sentence=_("Each known customer."),
    about=About.CUSTOMER,
    column=lambda people, scope: people.customer_id,  # noqa: ARG005
    read=int,
    unknown=NOBODY,
    offered=False,
)
each_order = Dimension(
    key="order",
    label=_("Order"),
    sentence=_("Each order."),
    about=About.ORDER,
    column=lambda table, scope: table.order_id,  # noqa: ARG005
    read=int,
    offered=False,
)
