from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.lake.public import Mirrored
from regulars.organization.public import Brand


class ProductKind(models.TextChoices):
    CONSUMABLE = "consumable", _("consumable")
    DURABLE = "durable", _("durable")


class Product(Mirrored):
    """What is sold. ``goods`` is false for postage, manual entries, bank charges and the like."""

    id = models.AutoField(primary_key=True)
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+")
    sku = models.CharField(_("SKU"), max_length=120)
    name = models.CharField(_("name"), max_length=300, blank=True)
    maker = models.CharField(_("product brand"), max_length=120, blank=True)
    category = models.CharField(_("category path"), max_length=300, blank=True)
    price_minor = models.BigIntegerField(_("price"), null=True, blank=True)
    cost_minor = models.BigIntegerField(_("cost"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ProductKind.choices, blank=True)
    goods = models.BooleanField(_("goods"), default=True)
    import_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "sku"], name="product_once")]

    def __str__(self) -> str:
        return self.name or self.sku


class GoodsRule(models.Model):
    """A pattern of SKU or name (``*`` and ``?``) by which a brand tells what is not goods."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    pattern = models.CharField(_("pattern"), max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "pattern"], name="goods_rule_once")]
