from typing import Any

from django.db import models

from regulars.organization.public import Brand


class Valuation(models.Model):
    """What a brand's customers are expected to do and to be worth, as seen from a day.

    ``model`` is the one everybody is scored by, blank when none is estimable; ``reason`` a word
    for why. ``report`` holds what the pages show; ``fingerprint`` tells whether anything it was
    computed from has changed since.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", db_index=False)
    as_of_on = models.DateField()
    revision = models.BigIntegerField()
    facts_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    seconds = models.FloatField()
    model = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=20)
    report = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "as_of_on"], name="valued_once_a_day")
        ]

    @property
    def figures(self) -> dict[str, Any]:
        found: dict[str, Any] = self.report
        return found


class ModelFit(models.Model):
    """One model fitted for a valuation, chosen or not: its figures, or why there are none."""

    valuation = models.ForeignKey(Valuation, models.CASCADE, related_name="fits")
    model = models.CharField(max_length=12)
    parameters = models.JSONField()
    standard_errors = models.JSONField()
    log_likelihood = models.FloatField(null=True)
    holdout_error = models.FloatField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
