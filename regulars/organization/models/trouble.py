from django.db import models

from regulars.organization.models.brand import Brand


class Trouble(models.Model):
    """What a duty cannot do for one brand, and since when; gone as soon as it goes well again."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    duty = models.CharField(max_length=80)
    error = models.TextField()
    failures = models.PositiveIntegerField(default=1)
    since_at = models.DateTimeField()
    failed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "duty"], name="trouble_once_per_duty")
        ]
