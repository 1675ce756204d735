from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Brand, User


class ImportKind(models.TextChoices):
    ORDERS = "orders", _("orders")
    CUSTOMERS = "customers", _("customers")
    PRODUCTS = "products", _("products")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    MAPPED = "mapped", _("columns chosen")
    CHECKED = "checked", _("checked")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    UNDOING = "undoing", _("being undone")
    PARTLY = "partly", _("partly undone")
    UNDONE = "undone", _("undone")


UNDOABLE = (ImportState.DONE, ImportState.CANCELLED, ImportState.FAILED, ImportState.PARTLY)
UNFINISHED = (
    ImportState.RUNNING,
    ImportState.CANCELLED,
    ImportState.FAILED,
    ImportState.UNDOING,
    ImportState.PARTLY,
)


class Import(models.Model):
    """A file of facts on its way into a brand, what became of it, and the way back.

    ``mapping`` names the column of each field; ``options`` what a person said about the file;
    ``counts`` what the check or the run found; ``problem`` the sentence why it could not go on,
    with its values. ``forgotten_at`` is when its file and what it had changed were forgotten;
    ``seen_at`` when somebody looked at how it ended. The file itself is in ``folder``.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=ImportKind.choices)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(_("size"))
    preset = models.CharField(_("preset"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=40)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    counts = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["brand", "-id"], name="import_by_brand"),
            models.Index(fields=["brand", "sha256"], name="import_by_file"),
            models.Index(
                fields=["brand"],
                condition=models.Q(state__in=UNFINISHED),
                name="import_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def undo_until(self) -> datetime:
        """How long what it wrote can be taken back."""
        kept = timedelta(days=settings.REGULARS_UNDO_DAYS)
        return (self.finished_at or self.created_at) + kept

    def may_be_undone(self, *, now: datetime) -> bool:
        """It wrote something, does not run, and is not too old."""
        ended = self.state in UNDOABLE or self.state == ImportState.UNDOING
        young = self.forgotten_at is None and now < self.undo_until
        return ended and young and self.steps.exists()

    @property
    def folder(self) -> Path:
        """Where its file, its staging tables and its rejects are kept."""
        imports: Path = settings.REGULARS_DATA / "imports"
        return imports / str(self.pk)

    @property
    def path(self) -> Path:
        return self.folder / "file"
