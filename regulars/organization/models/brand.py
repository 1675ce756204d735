import zoneinfo
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


@cache
def timezone_names() -> list[str]:
    """List the places people know their clock by, without the abbreviations beside them."""
    names = zoneinfo.available_timezones()
    return ["UTC", *sorted(name for name in names if "/" in name and not name.startswith("Etc/"))]


def validate_timezone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("%(value)s is not an IANA time zone."), params={"value": value})


validate_currency = RegexValidator(
    r"^[A-Z]{3}$", _("Use the three letters of ISO 4217, such as EUR.")
)


validate_country = RegexValidator(r"^[A-Z]{2}$", _("Use the two letters of ISO 3166, such as GB."))


class TwoFactorFor(models.TextChoices):
    NOBODY = "nobody", _("nobody: each person decides")
    OWNERS = "owners", _("owners")
    EVERYBODY = "everybody", _("everybody")


class Brand(models.Model):
    """A shop under one name: its customers, its clock and its money."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    timezone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_timezone]
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="EUR", validators=[validate_currency]
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    country = models.CharField(
        _("country"), max_length=2, blank=True, validators=[validate_country]
    )
    two_factor_for = models.CharField(
        _("two-factor sign-in is required of"),
        max_length=10,
        choices=TwoFactorFor.choices,
        default=TwoFactorFor.NOBODY,
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)


class Branch(models.Model):
    """A place where a brand sells: a shop, a counter, a web shop."""

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="branches")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    city = models.CharField(_("city"), max_length=120, blank=True)
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "code"], name="branch_code_once_per_brand")
        ]

    def __str__(self) -> str:
        return self.name
