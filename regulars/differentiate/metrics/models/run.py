from django.db import models

from regulars.organization.public import Brand


class MetricRun(models.Model):
    """The metrics of a brand as of the end of a day: what they say, and from which facts.

    ``fingerprint`` tells whether anything they were computed from has changed since.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", db_index=False)
    as_of_on = models.DateField()
    revision = models.BigIntegerField()
    facts_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    seconds = models.FloatField()
    summary = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "as_of_on"], name="run_once_a_day")]
