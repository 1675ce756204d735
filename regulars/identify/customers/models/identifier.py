from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.identify.customers.models.customer import Customer
from regulars.organization.public import Brand


class Identifier(models.Model):
    """One value by which one customer of one brand is recognized, in its normal form."""

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="identifiers")
    kind = models.CharField(_("kind"), max_length=40)
    value = models.CharField(_("value"), max_length=254)
    source = models.CharField(_("source"), max_length=60, blank=True)
    import_id = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(_("known since"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "kind", "value"], name="identifier_once_per_brand"
            )
        ]
        indexes = [models.Index(fields=["brand", "value"], name="identifier_by_value")]


class BlockedValue(models.Model):
    """A value that identifies nobody at this brand, besides those blocked everywhere."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    value = models.CharField(_("value"), max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "kind", "value"], name="blocked_once")
        ]
