from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Brand


class FieldKind(models.TextChoices):
    TEXT = "text", _("text")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    CHOICE = "choice", _("choice")
    YES_NO = "yes_no", _("yes or no")


class Field(models.Model):
    """A field that staff defined for the customers of a brand. Values are in Customer.fields.

    A retired field is shown nowhere and takes no values; those it has stay until it is purged.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    key = models.CharField(
        _("key"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", _("Lower-case letters, digits and _."))],
    )
    label = models.CharField(_("label"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=FieldKind.choices)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    personal = models.BooleanField(_("personal data"), default=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        ordering = ["label"]
        constraints = [models.UniqueConstraint(fields=["brand", "key"], name="field_once")]

    def __str__(self) -> str:
        return self.label
