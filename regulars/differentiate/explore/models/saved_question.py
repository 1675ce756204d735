from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Brand, User


class SavedQuestionQuerySet(models.QuerySet["SavedQuestion"]):
    """Questions of a brand that somebody kept."""

    def seen_by(self, user: User, brand: Brand) -> "SavedQuestionQuerySet":
        """Those that everybody at the brand sees, and the person's own."""
        return self.filter(models.Q(private_to=None) | models.Q(private_to=user), brand=brand)

    def in_use(self) -> "SavedQuestionQuerySet":
        return self.filter(removed_at=None)


class SavedQuestion(models.Model):
    """A question under a name, for everybody at the brand or for one person."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    question = models.JSONField()
    private_to = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SavedQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def dimensions(self) -> set[str]:
        """The keys of all it is split by or narrowed to."""
        where = [condition["dimension"] for condition in self.told.get("where", [])]
        return {*self.told.get("by", []), *where}

    @property
    def told(self) -> dict[str, Any]:
        """The question as JSON, for ``question_from``."""
        found: dict[str, Any] = self.question
        return found
