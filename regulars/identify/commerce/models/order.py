from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.identify.commerce.models.product import Product
from regulars.identify.customers.public import Customer
from regulars.lake.public import Mirrored
from regulars.organization.public import Branch, Brand


class Order(Mirrored):
    """A purchase. No customer means the shop does not know who bought.

    ``net_minor`` is what the lines are worth after every discount, without shipping and tax: the
    sum of their ``amount_minor``. ``placed_on`` is the day of ``occurred_at`` in the brand's zone,
    frozen when the order was written. A cancelled order is kept and counts nowhere.
    """

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(_("source"), max_length=40)
    number = models.CharField(pgettext_lazy("order", "number"), max_length=120)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, related_name="+", db_index=False
    )
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="+", db_index=False)
    channel = models.CharField(_("channel"), max_length=40, blank=True)
    occurred_at = models.DateTimeField(_("time"))
    placed_on = models.DateField(_("day"))
    currency = models.CharField(_("currency"), max_length=3)
    net_minor = models.BigIntegerField(_("net value"))
    discount_minor = models.BigIntegerField(_("discount"), default=0)
    shipping_minor = models.BigIntegerField(_("shipping"), default=0)
    tax_minor = models.BigIntegerField(_("tax"), default=0)
    coupon = models.CharField(_("coupon"), max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    import_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            # The number before the source, so that it also finds an order by its number alone.
            models.UniqueConstraint(
                fields=["brand", "number", "source"], name="order_once_per_source"
            )
        ]
        indexes = [
            models.Index(fields=["customer", "-occurred_at"], name="order_by_customer"),
            models.Index(
                fields=["import_id", "id"],
                name="order_by_import",
                condition=models.Q(import_id__isnull=False),
            ),
            models.Index(
                fields=["id"],
                name="order_cancelled",
                condition=models.Q(cancelled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Line(Mirrored):
    """One product in an order. ``amount_minor`` carries its frozen share of every discount."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    # The index is for removing products: the database looks for their lines one by one.
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    amount_minor = models.BigIntegerField(_("amount"))
    discount_minor = models.BigIntegerField(_("discount"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="line_once_per_place")
        ]
