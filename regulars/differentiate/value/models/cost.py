from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Brand, User


class Part(models.TextChoices):
    """A part of what a customer costs, and what its amount is for."""

    GOODS = "goods", _("goods whose cost is not known, per cent of their net value")
    REWARDS = "rewards", _("rewards, per cent of net value")
    MESSAGES = "messages", _("messages, for a customer and year")
    SERVICE = "service", _("service, for a customer and year")
    ACQUISITION = "acquisition", _("winning a customer, once")


class Cost(models.Model):
    """What staff say a part costs, until facts say it. Percentages are in hundredths of one.

    ``amount`` is in minor units of the brand's currency, but for goods and rewards, where it is in
    hundredths of a per cent. ``source`` narrows the cost of winning customers to one source; blank
    is every other.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", db_index=False)
    part = models.CharField(max_length=12, choices=Part)
    source = models.CharField(_("source"), max_length=120, blank=True)
    amount = models.BigIntegerField(validators=[MinValueValidator(0)])
    set_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "part", "source"], name="cost_said_once")
        ]
