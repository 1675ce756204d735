from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Brand, User


class Standpoint(models.Model):
    """The day from which a brand looks at its customers, in place of today.

    For histories that have ended: a file of years ago would show everybody as churned.
    """

    brand = models.OneToOneField(Brand, models.CASCADE, primary_key=True, related_name="+")
    as_of_on = models.DateField(_("day"))
    set_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()
