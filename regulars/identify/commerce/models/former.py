from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.identify.commerce.models.order import Order
from regulars.identify.commerce.models.product import Product
from regulars.identify.customers.public import Customer
from regulars.organization.public import Branch


class FormerOrder(models.Model):
    """What an order was before an import changed it; kept as long as that can be undone.

    ``revision`` is that of the change, ``former_revision`` the one before.
    """

    import_id = models.BigIntegerField(db_index=True)
    order = models.ForeignKey(Order, models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+")
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(_("channel"), max_length=40)
    occurred_at = models.DateTimeField(_("time"))
    placed_on = models.DateField(_("day"))
    currency = models.CharField(_("currency"), max_length=3)
    net_minor = models.BigIntegerField(_("net value"))
    discount_minor = models.BigIntegerField(_("discount"))
    shipping_minor = models.BigIntegerField(_("shipping"))
    tax_minor = models.BigIntegerField(_("tax"))
    coupon = models.CharField(_("coupon"), max_length=120)
    revision = models.BigIntegerField()
    former_revision = models.BigIntegerField()


class FormerLine(models.Model):
    """A line that an order had before an import changed the order."""

    import_id = models.BigIntegerField(db_index=True)
    order = models.ForeignKey(Order, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    amount_minor = models.BigIntegerField(_("amount"))
    discount_minor = models.BigIntegerField(_("discount"))


class FormerProduct(models.Model):
    """What was known about a product before an import changed it; the revisions are as above."""

    import_id = models.BigIntegerField(db_index=True)
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=300)
    maker = models.CharField(_("product brand"), max_length=120)
    category = models.CharField(_("category path"), max_length=300)
    kind = models.CharField(_("kind"), max_length=10)
    price_minor = models.BigIntegerField(_("price"), null=True)
    cost_minor = models.BigIntegerField(_("cost"), null=True)
    revision = models.BigIntegerField()
    former_revision = models.BigIntegerField()
