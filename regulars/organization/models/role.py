from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from regulars.organization.models.brand import Branch, Brand
from regulars.organization.models.user import User


class RoleName(models.TextChoices):
    OWNER = "owner", _("owner")
    MARKETER = "marketer", _("marketer")
    ANALYST = "analyst", _("analyst")
    SERVICE = "service", _("service")
    BRANCH_MANAGER = "branch_manager", _("branch manager")


class Role(models.Model):
    """What a member of staff is, and where: no brand means all brands, no branch all branches."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    name = models.CharField(_("role"), max_length=20, choices=RoleName.choices)
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user",
                "name",
                Coalesce("brand", 0),
                Coalesce("branch", 0),
                name="role_once_per_place",
            ),
            models.CheckConstraint(
                condition=models.Q(branch__isnull=True) | models.Q(brand__isnull=False),
                name="role_branch_needs_brand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} · {self.branch or self.brand or '*'}"
