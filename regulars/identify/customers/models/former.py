from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.identify.customers.models.customer import Customer
from regulars.organization.public import Branch


class FormerCustomer(models.Model):
    """What a profile was before an import changed it; kept as long as that can be undone.

    ``revision`` is that of the change, ``former_revision`` the one before.
    """

    import_id = models.BigIntegerField(db_index=True)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    search_name = models.CharField(max_length=200)
    turned_name = models.CharField(max_length=200)
    gender = models.CharField(_("gender"), max_length=10)
    born_on = models.DateField(_("birthday"), null=True)
    language = models.CharField(_("language"), max_length=10)
    city = models.CharField(_("city"), max_length=120)
    region = models.CharField(_("region"), max_length=120)
    country = models.CharField(_("country"), max_length=60)
    postcode = models.CharField(_("postcode"), max_length=20)
    address = models.CharField(_("address"), max_length=300)
    interests = models.JSONField(default=list)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, related_name="+")
    fields = models.JSONField(default=dict)
    revision = models.BigIntegerField()
    former_revision = models.BigIntegerField()
