from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.identify.customers.models.customer import Customer
from regulars.lake.public import Mirrored
from regulars.organization.public import Brand


class Identifier(Mirrored):
    """One value by which one customer of one brand is recognized, in its normal form.

    ``tail`` is a phone number's digits from the last to the first, and empty for other kinds;
    people tell the last four. normalization.py makes both, whoever writes the row.
    """

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="identifiers")
    kind = models.CharField(_("kind"), max_length=40)
    value = models.CharField(_("value"), max_length=254)
    tail = models.CharField(max_length=20, blank=True, editable=False)
    source = models.CharField(_("source"), max_length=60, blank=True)
    import_id = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(_("known since"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "kind", "value"], name="identifier_once_per_brand"
            )
        ]
        indexes = [
            models.Index(
                fields=["brand", "value"],
                name="identifier_by_value",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
            models.Index(
                fields=["brand", "tail"],
                name="identifier_by_tail",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
            models.Index(
                fields=["import_id", "id"],
                name="identifier_by_import",
                condition=models.Q(import_id__isnull=False),
            ),
        ]

    @property
    def owner(self) -> Customer:
        """The customer whom it identifies today."""
        return self.customer.canonical or self.customer


class BlockedValue(models.Model):
    """A value that identifies nobody at this brand, besides those blocked everywhere."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    value = models.CharField(_("value"), max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "kind", "value"], name="blocked_once")
        ]
