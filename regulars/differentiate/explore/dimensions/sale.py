"""Where and how something was sold."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.explore.dimension import Dimension, column, number_from
from regulars.differentiate.explore.grains import About
from regulars.organization.public import Branch, Brand

SALE = _("Sale")


def branch_names(brand: Brand, _values: Collection[str]) -> Mapping[str, str]:
    """Name the branches of a brand by their numbers."""
    return {str(branch.pk): branch.name for branch in Branch.objects.filter(brand=brand)}


branch = Dimension(
    key="branch",
    label=_("Branch"),
    sentence=_("Where the order or the refund took place, whoever looks after the customer."),
    about=About.SALE,
    column=lambda table, scope: table.branch_id,  # noqa: ARG005
    group=SALE,
    read=number_from,
    words=branch_names,
)
channel = Dimension(
    key="channel",
    label=_("Channel"),
    sentence=_(
        "Through which channel the order came; refunds belong to the order they undo, and those "
        "that undo none are unknown."
    ),
    about=About.ORDER,
    column=column("channel"),
    group=SALE,
)
coupon = Dimension(
    key="coupon",
    label=_("Coupon"),
    sentence=_("The coupon code written on the order."),
    about=About.ORDER,
    column=column("coupon"),
    group=SALE,
    unknown=pgettext_lazy("coupon", "none"),
)
