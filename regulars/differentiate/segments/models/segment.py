from typing import Any

from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Brand, User


class SegmentQuerySet(models.QuerySet["Segment"]):
    """Segments of a brand."""

    def of(self, brand: Brand) -> "SegmentQuerySet":
        return self.filter(brand=brand)

    def in_use(self) -> "SegmentQuerySet":
        return self.filter(archived_at=None)

    def live(self) -> "SegmentQuerySet":
        """Those whose people are found anew when facts or time change."""
        return self.in_use().filter(frozen_at=None)


class Segment(models.Model):
    """A name for exactly some people of a brand; its versions say which.

    A frozen one keeps the people it was made with; an archived one is out of use.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=120)
    note = models.CharField(_("note"), max_length=500, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="copies")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "name"],
                condition=models.Q(archived_at=None),
                name="segment_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_use(self) -> bool:
        """Whether it was not archived."""
        return self.archived_at is None

    @property
    def current(self) -> "SegmentVersion":
        """The newest version."""
        return self.versions.order_by("-number")[0]


class SegmentVersionQuerySet(models.QuerySet["SegmentVersion"]):
    """Versions of segments."""

    def newest(self) -> "SegmentVersionQuerySet":
        """The newest of each segment."""
        newest = (
            SegmentVersion.objects.filter(segment=OuterRef("segment"))
            .values("segment")
            .annotate(newest=Max("number"))
            .values("newest")
        )
        return self.filter(number=Subquery(newest))


class SegmentVersion(models.Model):
    """What a segment said from one change to the next: its tree. Never changed."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    tree = models.JSONField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = SegmentVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["segment", "number"], name="segment_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.segment} · {self.number}"

    @property
    def written(self) -> dict[str, Any]:
        """The tree as JSON."""
        found: dict[str, Any] = self.tree
        return found


class Reference(models.Model):
    """That a version of a segment names another segment."""

    version = models.ForeignKey(SegmentVersion, models.CASCADE, related_name="references")
    named = models.ForeignKey(Segment, models.CASCADE, related_name="named_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "named"], name="segment_named_once")
        ]
