"""What a computed table consists of at its newest version."""

from dataclasses import dataclass
from functools import cache

import pyarrow as pa
from deltalake import DeltaTable
from django.utils.module_loading import autodiscover_modules

FORM = "regulars.form"
_declared: dict[str, "Computed"] = {}


class NotInTheLake(Exception):
    """No table of that name is in this state of the lake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A computed table, declared in an app's ``mirror.py``.

    ``form`` is a word that is another as soon as its columns or their meaning are. A table kept in
    another form counts as not computed yet, and is made anew by the first who writes to it.
    """

    table: str
    form: str

    def __post_init__(self) -> None:
        _declared[self.table] = self


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedFiles:
    """The files at one version."""

    uri: str
    paths: tuple[str, ...]
    schema: pa.Schema
    partition_by: tuple[str, ...]


def computed_files(uri: str) -> ComputedFiles:
    """Open a computed table at its newest version. Raises NotInTheLake."""
    delta = table_in_form(uri)
    if delta is None:
        raise NotInTheLake(f"Nothing was computed yet into {uri.rpartition('/')[2]!r}.")
    files = pa.table(delta.get_add_actions())
    return ComputedFiles(
        uri=uri,
        paths=tuple(files["path"].to_pylist()),
        schema=pa.schema(delta.schema()),
        partition_by=tuple(delta.metadata().partition_columns),
    )


def table_in_form(uri: str) -> DeltaTable | None:
    """Open a computed table; None when there is none, or none in the form that its app declares."""
    if not DeltaTable.is_deltatable(uri):
        return None
    delta = DeltaTable(uri)
    kept = delta.metadata().configuration.get(FORM, "")
    return delta if kept == form_of(uri.rpartition("/")[2]) else None


def form_of(table: str) -> str:
    """Return the form in which a table is to be; "" of one that nobody declares."""
    declared = _declarations().get(table)
    return declared.form if declared else ""


@cache
def _declarations() -> dict[str, Computed]:
    autodiscover_modules("mirror")
    return _declared
