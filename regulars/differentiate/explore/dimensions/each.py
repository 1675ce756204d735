"""One customer, one order: by what a figure is opened down to the facts behind it."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.explore.dimension import Dimension, number_from
from regulars.differentiate.explore.grains import About
from regulars.identify.commerce.public import Order
from regulars.identify.customers.public import Customer
from regulars.organization.public import Brand

NOBODY = pgettext_lazy("customer", "people nobody knows")


def _customer_numbers(brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    known = Customer.objects.filter(brand=brand, pk__in=[int(value) for value in values])
    return {str(pk): number for pk, number in known.values_list("pk", "public_id")}


def _order_numbers(brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    known = Order.objects.filter(brand=brand, pk__in=[int(value) for value in values])
    return {str(pk): number for pk, number in known.values_list("pk", "number")}


each_customer = Dimension(
    key="customer",
    label=_("Customer"),
    sentence=_("Each known customer."),
    about=About.CUSTOMER,
    column=lambda people, scope: people.customer_id,  # noqa: ARG005
    read=number_from,
    words=_customer_numbers,
    unknown=NOBODY,
    offered=False,
)
each_order = Dimension(
    key="order",
    label=_("Order"),
    sentence=_("Each order."),
    about=About.ORDER,
    column=lambda table, scope: table.order_id,  # noqa: ARG005
    read=number_from,
    words=_order_numbers,
    offered=False,
)
