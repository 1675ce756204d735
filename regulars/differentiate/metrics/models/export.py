from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Brand, User

KEPT = timedelta(days=7)


class FileFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel"
    PARQUET = "parquet", "Parquet"


class Export(models.Model):
    """A file of customers that somebody asked for: whom, seen from which day, and how much of them.

    Branches are lists of numbers, None for all: ``branches`` whose customers are in the file, and
    ``named_at`` those whose personal data is not masked. A week after it was asked for, it goes.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    file_format = models.CharField(_("format"), max_length=10, choices=FileFormat.choices)
    asked = models.CharField(max_length=2000, blank=True)
    filters = models.JSONField(default=dict)
    branches = models.JSONField(null=True)
    named_at = models.JSONField(null=True)
    as_of_on = models.DateField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    customers = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["brand", "by", "-id"], name="export_by_person")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        return f"customers-{self.brand.slug}-{self.as_of_on}.{self.file_format}"

    @property
    def path(self) -> Path:
        folder: Path = settings.REGULARS_DATA / "exports"
        return folder / f"{self.pk}.{self.file_format}"

    @property
    def kept_until_at(self) -> datetime:
        return self.created_at + KEPT

    @property
    def is_there(self) -> bool:
        return self.finished_at is not None and self.path.exists()
