from django.db import models

from regulars.organization.public import Brand

ORDINAL_BITS = 24  # room for the events of one revision; larger batches take several revisions


class Event(models.Model):
    """A touch: what happened, once, for ever.

    ``sequence`` is the revision that wrote the event, shifted left by ORDINAL_BITS, plus the
    event's place within it. So sequences rise in the order of revisions, and the horizon of
    revisions is the horizon of events. ``customer_id`` is the customer the source named; the
    customer it stands for today is found through the aliases.
    """

    sequence = models.BigIntegerField(primary_key=True)
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", db_index=False)
    customer_id = models.IntegerField(null=True)
    kind = models.CharField(max_length=60)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    source = models.CharField(max_length=40)
    message_id = models.CharField(max_length=120)
    value_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    properties = models.JSONField(default=dict)
    backfill = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "source", "message_id"], name="event_once_per_source"
            )
        ]
        indexes = [
            models.Index(fields=["customer_id", "-occurred_at"], name="event_by_customer"),
            # Most readers pass over imported history, which may be millions of events.
            models.Index(
                fields=["sequence"], condition=models.Q(backfill=False), name="event_happening_now"
            ),
        ]
