"""What the lake keeps in the database: the numbering of changes, and what left it."""

from django.db import models


class RevisionCounter(models.Model):
    """The last revision given out. One row; SQLite only, where writers stand in line anyway."""

    revision = models.BigIntegerField()

    class Meta:
        db_table = "lake_revision_counter"


class Removal(models.Model):
    """A mirrored row that was deleted from the database, so that the mirror can follow."""

    table = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    revision = models.BigIntegerField(db_index=True)


class Reversion(models.Model):
    """A mirrored row that says at ``revision`` again what it said at ``former_revision``."""

    table = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    revision = models.BigIntegerField()
    former_revision = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["table", "row_id", "revision"], name="reversion_of_row"),
        ]


class Snapshot(models.Model):
    """A state of the whole lake that readers may open: everything up to a revision, at a time.

    ``versions`` names a version for each mirrored table; ``generation`` is the folder they are in,
    and ``shape`` what the apps wanted mirrored when it was filled. Rows of later revisions may show
    too, if they were committed by then: all tables show one moment. A snapshot goes a while after a
    newer one was made.
    """

    generation = models.CharField(max_length=40)
    shape = models.CharField(max_length=32, default="")
    revision = models.BigIntegerField()
    at = models.DateTimeField()
    versions = models.JSONField(default=dict)


class Mirrored(models.Model):
    """A row the lake mirrors. Whoever writes it sets ``revision`` from ``next_revision()``."""

    revision = models.BigIntegerField(db_index=True, editable=False)

    class Meta:
        abstract = True
