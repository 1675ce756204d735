from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Brand


class Thresholds(models.Model):
    """Where a brand draws the lines of its board. No row: by its own rhythm, as the defaults say.

    The active window is ``active_days`` when that is set, else the ``percentile`` of the days
    between consecutive visits.
    """

    brand = models.OneToOneField(Brand, models.CASCADE, primary_key=True, related_name="+")
    active_days = models.PositiveIntegerField(
        _("active for a fixed number of days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    percentile = models.PositiveSmallIntegerField(
        _("share of returns that fall into the active window"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
    )
    silent_multiple = models.DecimalField(
        _("silent up to"), max_digits=4, decimal_places=1, default=Decimal(2)
    )
    dormant_multiple = models.DecimalField(
        _("dormant up to"), max_digits=4, decimal_places=1, default=Decimal(4)
    )
    second_from = models.PositiveIntegerField(_("second-time from"), default=2)
    regular_from = models.PositiveIntegerField(_("regular from"), default=3)
    fan_from = models.PositiveIntegerField(_("fan from"), default=6)
    due_within_days = models.PositiveSmallIntegerField(
        _("due within"), default=7, validators=[MaxValueValidator(90)]
    )
    leaving_within_days = models.PositiveSmallIntegerField(
        _("leaving within"), default=7, validators=[MaxValueValidator(90)]
    )
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "thresholds"

    def clean(self) -> None:
        """Refuse lines that cross: each begins where the one before has ended."""
        wrong = {}
        if self.silent_multiple <= 1:
            wrong["silent_multiple"] = _("More than 1: silent begins where active ends.")
        if self.dormant_multiple <= self.silent_multiple:
            wrong["dormant_multiple"] = _("More than silent, which dormant comes after.")
        if self.second_from <= 1:
            wrong["second_from"] = _("At least 2: who came once is new.")
        if self.regular_from <= self.second_from:
            wrong["regular_from"] = _("More visits than second-time takes.")
        if self.fan_from <= self.regular_from:
            wrong["fan_from"] = _("More visits than a regular takes.")
        if wrong:
            raise ValidationError(wrong)
