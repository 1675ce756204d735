from django.db import models


class DutyRecord(models.Model):
    """How a duty fared: when it last ran, how long that took, and what went wrong.

    Duties that run every second are written down every ten; a failure always is, at once.
    """

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    failed_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
