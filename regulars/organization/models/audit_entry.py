from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.organization.models.brand import Brand
from regulars.organization.models.user import User


class AuditAction(models.TextChoices):
    SIGN_IN = "sign_in", _("signed in")
    SIGN_IN_REFUSED = "sign_in_refused", _("was refused at sign-in")
    SIGN_OUT = "sign_out", _("signed out")
    VIEW = "view", _("looked at")
    CREATE = "create", _("created")
    CHANGE = "change", _("changed")
    REMOVE = "remove", _("removed")
    EXPORT = "export", _("exported")
    IMPORT = "import", _("imported")
    UNDO = "undo", _("undid")


class AuditEntry(models.Model):
    """Who did what to whom, and when. Never changed, never deleted before its retention ends."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, related_name="+", db_index=False)
    action = models.CharField(max_length=20, choices=AuditAction.choices)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["brand", "-id"], name="audit_of_brand"),
            models.Index(fields=["action", "-id"], name="audit_by_action"),
        ]
