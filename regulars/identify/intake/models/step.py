from django.db import models

from regulars.identify.intake.models.file_import import Import


class Phase(models.TextChoices):
    BRANCHES = "branches"
    PRODUCTS = "products"
    PEOPLE = "people"
    ORDERS = "orders"
    REFUNDS = "refunds"
    MATCHES = "matches"


class Step(models.Model):
    """A part of an import that is committed, written in the same transaction as what it did."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="steps")
    phase = models.CharField(max_length=10, choices=Phase.choices)
    ordinal = models.IntegerField()
    revision = models.BigIntegerField()
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "phase", "ordinal"], name="import_step_once")
        ]
