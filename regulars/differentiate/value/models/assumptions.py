from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Brand, User


class Assumptions(models.Model):
    """How far a brand looks ahead, how it values later money, and when it takes people for lost."""

    brand = models.OneToOneField(Brand, models.CASCADE, primary_key=True, related_name="+")
    horizon_months = models.PositiveSmallIntegerField(
        _("look ahead, in months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    yearly_discount_percent = models.FloatField(
        _("yearly discount, in per cent"),
        default=10.0,
        validators=[MinValueValidator(0.0), MaxValueValidator(100.0)],
    )
    act_below_percent = models.PositiveSmallIntegerField(
        _("act when the chance that they still come falls below, in per cent"),
        default=50,
        validators=[MinValueValidator(5), MaxValueValidator(95)],
    )
    set_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(null=True)
