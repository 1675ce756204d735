from django.db import models

from regulars.identify.intake.models.file_import import Import


class Phase(models.TextChoices):
    """What a step did: brought facts in, took back (-) what was made, put back (~) what changed."""

    BRANCHES = "branches"
    PRODUCTS = "products"
    PEOPLE = "people"
    ORDERS = "orders"
    REFUNDS = "refunds"
    REFUNDS_GONE = "-refunds"
    ORDERS_GONE = "-orders"
    ORDERS_BACK = "~orders"
    PRODUCTS_BACK = "~products"
    PRODUCTS_GONE = "-products"
    PEOPLE_BACK = "~people"
    PEOPLE_GONE = "-people"
    NAMES_GONE = "-names"
    BRANCHES_GONE = "-branches"


class Step(models.Model):
    """A part of an import that is committed, written in the same transaction as what it did.

    ``made`` holds the ids of what it made that does not carry the import's number itself; of a step
    back, ``upto`` is the last id it looked at, 0 when none was left. One with an ordinal below zero
    is done once more when the import goes on.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="steps")
    phase = models.CharField(max_length=10, choices=Phase.choices)
    ordinal = models.IntegerField()
    revision = models.BigIntegerField()
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list)
    made = models.JSONField(default=list)
    upto = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "phase", "ordinal"], name="import_step_once")
        ]
