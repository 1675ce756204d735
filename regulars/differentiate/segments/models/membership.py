from django.db import models
from pyroaring import BitMap

from regulars.differentiate.segments.models.segment import Segment, SegmentVersion


class Membership(models.Model):
    """The people of one version of a segment, as last found: a Roaring bitmap of their numbers.

    ``fingerprint`` tells whether anything it was found from has changed; ``reads`` are the tables
    of the lake it depends on, ``hourly`` whether it changes within a day. ``announced`` are the
    people when the brand last looked from its own today: who enters and leaves is told from there.
    """

    version = models.OneToOneField(
        SegmentVersion, models.CASCADE, primary_key=True, related_name="membership"
    )
    bitmap = models.BinaryField()
    announced = models.BinaryField(null=True)
    size = models.PositiveIntegerField()
    as_of_on = models.DateField()
    facts_at = models.DateTimeField()
    revision = models.BigIntegerField()
    reads = models.JSONField(default=list)
    hourly = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    seconds = models.FloatField()

    @property
    def people(self) -> BitMap:
        """The numbers of the people."""
        return BitMap.deserialize(bytes(self.bitmap))

    @property
    def announced_people(self) -> BitMap | None:
        """Those from whom entries and exits are told; None before there are any."""
        return None if self.announced is None else BitMap.deserialize(bytes(self.announced))


class Evaluation(models.Model):
    """That the people of a segment were found anew: how many, who came and who went."""

    version = models.ForeignKey(SegmentVersion, models.CASCADE, related_name="evaluations")
    at = models.DateTimeField()
    as_of_on = models.DateField()
    size = models.PositiveIntegerField()
    entered = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    seconds = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["version", "-at"], name="evaluation_by_time")]


class Trouble(models.Model):
    """That the people of a segment could not be found, why, and since when; gone when they are."""

    segment = models.OneToOneField(
        Segment, models.CASCADE, primary_key=True, related_name="trouble"
    )
    sentence = models.TextField()
    since_at = models.DateTimeField()
    last_at = models.DateTimeField()
