"""Tell which column of a file was taken for which field, beside what stands in it."""

from dataclasses import dataclass

from regulars.identify.intake.mapping.ambiguity import numbered
from regulars.identify.intake.mapping.kinds import fields_for
from regulars.identify.intake.mapping.person_fields import IDENTIFIERS
from regulars.identify.intake.models import Import


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenColumn:
    """A field, the column it is read from, and the first value that stands in that column."""

    field: str
    label: str
    column: str
    value: str


def columns_chosen(imported: Import) -> list[ChosenColumn]:
    """Return the fields in the order of the file's columns; those without a column are left out."""
    columns: list[str] = imported.counts["columns"]
    fields = fields_for(imported.kind, imported.brand)
    chosen = sorted(imported.mapping.items(), key=lambda pair: columns.index(pair[1]))
    return [
        ChosenColumn(
            field=key,
            label=str(fields[key].label) if key in fields else key,
            column=column,
            value=_first(imported, columns.index(column)),
        )
        for key, column in chosen
    ]


def columns_left_out(imported: Import) -> list[str]:
    """Return the columns that no field is read from."""
    read = set(imported.mapping.values())
    return [column for column in imported.counts["columns"] if column not in read]


def identified_by(imported: Import) -> list[str]:
    """Return the fields by which the people in a file are recognized."""
    return [field.key for field in IDENTIFIERS if field.key in imported.mapping]


def unread_repetitions(imported: Import) -> list[str]:
    """Return, for each header that stands over several columns of which none is read, which."""
    read, columns = set(imported.mapping.values()), imported.counts["columns"]
    unclear = imported.counts.get("ambiguous", {}).values()
    repeated = imported.counts.get("repeated", [])
    groups = [names for names in repeated if not read & set(names) and names not in unclear]
    return [numbered(names, columns) for names in groups]


def _first(imported: Import, place: int) -> str:
    values = (row[place] for row in imported.counts["sample"])
    return next((value for value in values if value.strip()), "")
