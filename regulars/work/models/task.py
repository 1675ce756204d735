from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


OPEN_STATES = [TaskState.QUEUED, TaskState.RUNNING]


class Task(models.Model):
    """One piece of long work: seen while it runs, stopped on request, resumed after a crash.

    Brand and user are plain numbers: they belong to a floor above this one.
    """

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    brand_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.QUEUED)
    doing = models.CharField(max_length=80, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    rate = models.FloatField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=80, blank=True)
    expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_requested_at = models.DateTimeField(null=True)
    cancelled_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "expires_at"], name="task_to_claim"),
            models.Index(fields=["kind", "subject_id"], name="task_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=models.Q(state__in=["queued", "running"]),
                name="task_open_once_per_subject",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def percent(self) -> int | None:
        """How much is done, in whole percent; None as long as nobody knows how much there is."""
        if not self.total:
            return None
        return max(0, min(100, self.done * 100 // self.total))

    @property
    def time_left(self) -> timedelta | None:
        """How long the rest takes at the present rate; None when that cannot be said."""
        if self.state != TaskState.RUNNING or not self.total or not self.rate:
            return None
        return timedelta(seconds=max(0, self.total - self.done) / self.rate)

    def took(self, *, now: datetime) -> timedelta | None:
        """How long it ran, or has been running."""
        if self.started_at is None:
            return None
        return (self.finished_at or now) - self.started_at
