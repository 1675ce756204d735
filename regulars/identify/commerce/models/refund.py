from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.identify.commerce.models.order import Line, Order
from regulars.identify.commerce.models.product import Product
from regulars.identify.customers.public import Customer
from regulars.lake.public import Mirrored
from regulars.organization.public import Branch, Brand


class Refund(Mirrored):
    """Money given back. ``order`` is set when the source said which order it belongs to."""

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(_("source"), max_length=40)
    number = models.CharField(pgettext_lazy("order", "number"), max_length=120)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="refunds")
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, related_name="+", db_index=False
    )
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="+", db_index=False)
    occurred_at = models.DateTimeField(_("time"))
    refunded_on = models.DateField(_("day"))
    currency = models.CharField(_("currency"), max_length=3)
    amount_minor = models.BigIntegerField(_("amount"))
    import_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "number", "source"], name="refund_once_per_source"
            )
        ]
        indexes = [
            models.Index(fields=["customer", "-occurred_at"], name="refund_by_customer"),
            models.Index(
                fields=["import_id", "id"],
                name="refund_by_import",
                condition=models.Q(import_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RefundLine(Mirrored):
    """One product given back. ``quantity`` and ``amount_minor`` are positive."""

    refund = models.ForeignKey(Refund, models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    # The index is for removing products: the database looks for their lines one by one.
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    amount_minor = models.BigIntegerField(_("amount"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["refund", "position"], name="refund_line_once_per_place"
            )
        ]


class RefundMatch(Mirrored):
    """The part of a refund line that undoes part of a purchase line.

    Derived, and computed whole for a customer and product whenever one of their lines changed.
    What no match covers is the unmatched part: it reduces money and is never a visit.
    """

    refund_line = models.ForeignKey(RefundLine, models.CASCADE, related_name="matches")
    line = models.ForeignKey(Line, models.CASCADE, related_name="matches")
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    amount_minor = models.BigIntegerField(_("amount"))
