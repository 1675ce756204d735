from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.lake.public import Mirrored
from regulars.organization.public import Branch, Brand


class Gender(models.TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")


class Customer(Mirrored):
    """A person as one brand knows them.

    ``id`` is a dense 32-bit number, the place of the person in every bitmap; ``public_id`` is what
    the outside sees. A merged customer stays as an alias: ``canonical`` points to who they are now.
    ``search_name`` and ``turned_name`` are made of the name by naming.py, whoever writes the row.
    """

    id = models.AutoField(primary_key=True)
    public_id = models.CharField(max_length=20, unique=True)
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+")
    canonical = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200, blank=True)
    search_name = models.CharField(max_length=200, blank=True, editable=False)
    turned_name = models.CharField(max_length=200, blank=True, editable=False)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender.choices, blank=True)
    born_on = models.DateField(_("birthday"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    interests = models.JSONField(_("interests"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="+")
    fields = models.JSONField(default=dict, blank=True)
    import_id = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(_("known since"))

    class Meta:
        indexes = [
            models.Index(
                fields=["brand", "search_name"],
                name="customer_by_search_name",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
            models.Index(
                fields=["brand", "turned_name"],
                name="customer_by_turned_name",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
            models.Index(
                fields=["brand", "id"],
                name="customer_newest",
                condition=models.Q(canonical=None),
            ),
            models.Index(
                fields=["import_id", "id"],
                name="customer_by_import",
                condition=models.Q(import_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.public_id
