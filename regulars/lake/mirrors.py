"""What the apps have in the lake, declared by each in its ``mirror.py``."""

from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2s

import pyarrow as pa
from django.utils.module_loading import autodiscover_modules

_mirrors: dict[str, "Mirror"] = {}


class MirroredTwice(Exception):
    """Two declarations claim one table of the lake."""


@dataclass(frozen=True, kw_only=True)
class Mirror:
    """One table of the lake: its columns, and the SELECT that reads them from the database.

    ``sql`` selects the columns of ``schema`` in their order, ends with its FROM, has no WHERE, and
    reads alike in SQLite and PostgreSQL. ``changed`` is the expression in it that tells a row's
    revision, shifted left by ``bits``. ``identity`` are the columns that tell one version of a row
    from all others; the first alone tells the row. The table's name is also what a
    ``lake.Removal`` of one of its rows names.
    """

    table: str
    schema: pa.Schema
    sql: str
    changed: str
    identity: tuple[str, ...] = ("id", "revision")
    bits: int = 0

    def __post_init__(self) -> None:
        if self.table in _mirrors and _mirrors[self.table] != self:
            raise MirroredTwice(f"The table {self.table!r} of the lake is declared twice.")
        _mirrors[self.table] = self

    @property
    def key(self) -> str:
        return self.identity[0]

    @cached_property
    def identity_schema(self) -> pa.Schema:
        return pa.schema([self.schema.field(name) for name in self.identity])

    @property
    def revision(self) -> str:
        """Return the expression over the lake's columns that gives a row's revision."""
        return f"({self.identity[-1]} >> {self.bits})"

    def changes(self, *, after: int, except_for: frozenset[int] = frozenset()) -> str:
        """Return the SELECT of all rows of later revisions, and of all rows when after is 0."""
        conditions = []
        if after:
            conditions.append(f"{self.changed} >= {(after + 1) << self.bits}")
        if except_for:
            listed = ", ".join(str(revision) for revision in sorted(except_for))
            conditions.append(f"({self.changed} >> {self.bits}) NOT IN ({listed})")
        return f"{self.sql} WHERE {' AND '.join(conditions)}" if conditions else self.sql

    def anything_new(self, *, after: int) -> str:
        """Return the condition that a row was changed or removed in a later revision."""
        return (
            f"(EXISTS ({self.changes(after=after)}) OR EXISTS (SELECT 1 FROM lake_removal "
            f"WHERE revision > {after} AND \"table\" = '{self.table}'))"
        )

    def removed(self, *, after: int) -> str:
        """Return the SELECT of the keys of rows removed in later revisions and not there again."""
        return (
            f"SELECT DISTINCT gone.row_id FROM lake_removal gone "
            f"WHERE gone.revision > {after} AND gone.\"table\" = '{self.table}' AND NOT EXISTS "
            f"(SELECT 1 FROM ({self.sql}) AS here WHERE here.{self.key} = gone.row_id)"
        )


@cache
def shape() -> str:
    """Return a word for what all apps want mirrored; when it changes, the lake is filled anew."""
    told = "\n".join(f"{one.table} {one.schema} {one.sql.split()}" for one in mirrors().values())
    return blake2s(told.encode(), digest_size=16).hexdigest()


@cache
def mirrors() -> dict[str, Mirror]:
    """Return every declared mirror by the name of its table."""
    autodiscover_modules("mirror")
    return _mirrors
