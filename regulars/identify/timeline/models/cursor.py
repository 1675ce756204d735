from django.db import models


class Cursor(models.Model):
    """How far a reader has read: the last sequence whose effects are committed."""

    reader = models.CharField(max_length=80, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()


class PoisonedEvent(models.Model):
    """An event a reader failed on, set aside so that the reader goes on."""

    reader = models.CharField(max_length=80)
    sequence = models.BigIntegerField()
    error = models.TextField()
    attempts = models.PositiveIntegerField(default=1)
    failed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "sequence"], name="poisoned_once_per_reader")
        ]
