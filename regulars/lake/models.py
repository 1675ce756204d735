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


class Snapshot(models.Model):
    """A state of the whole lake that readers may open: everything up to a revision, at a time.

    ``versions`` names a version for each mirrored table, ``generation`` the folder they are in.
    Rows of later revisions may show too, if they were committed by then. A snapshot is found empty
    of nothing that its revision promises, and is gone a while after a newer one was made.
    """

    generation = models.CharField(max_length=40)
    revision = models.BigIntegerField()
    at = models.DateTimeField()
    versions = models.JSONField(default=dict)


class Mirrored(models.Model):
    """A row the lake mirrors. Whoever writes it sets ``revision`` from ``next_revision()``."""

    revision = models.BigIntegerField(db_index=True, editable=False)

    class Meta:
        abstract = True
