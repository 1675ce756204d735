from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.identify.customers.models.customer import Customer
from regulars.lake.public import Mirrored


class MemberKind(models.TextChoices):
    ADULT = "adult", _("adult")
    CHILD = "child", _("child")
    PET = "pet", _("pet")


class HouseholdMember(Mirrored):
    """Somebody a customer buys for: a partner, a child, a cat."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="household")
    kind = models.CharField(_("kind"), max_length=10, choices=MemberKind.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    species = models.CharField(_("species"), max_length=40, blank=True)
    gender = models.CharField(_("gender"), max_length=10, blank=True)
    born_on = models.DateField(_("birthday"), null=True, blank=True)
    stage = models.CharField(_("stage of life"), max_length=40, blank=True)
    import_id = models.BigIntegerField(null=True, editable=False)
