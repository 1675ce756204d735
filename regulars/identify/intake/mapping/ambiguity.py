"""Headers that stand over several columns: which field cannot tell its column by them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_noop

from regulars.identify.intake.mapping.field import Field
from regulars.identify.intake.reading.refusal import FileRefused


class HeaderRepeated(FileRefused):
    """A field has several columns of the same header, and nobody said which; ``values`` do."""


def ambiguous(
    guessed: Mapping[str, str], said: Mapping[str, str], repeated: Sequence[Sequence[str]]
) -> dict[str, list[str]]:
    """Return the columns between which nobody chose, for each field guessed by a header."""
    taken = set(said.values())
    found = {}
    for key, column in guessed.items():
        same = next((names for names in repeated if column in names), ())
        free = [name for name in same if name not in taken]
        if key not in said and len(free) > 1:
            found[key] = free
    return found


def refuse_ambiguous(
    found: Mapping[str, Sequence[str]], *, columns: Sequence[str], fields: Mapping[str, Field]
) -> None:
    """Raise HeaderRepeated for the first field whose column is not clear."""
    for key, same in found.items():
        raise HeaderRepeated(
            gettext_noop(
                "The same header stands over several columns: %(columns)s. Say which of them is "
                "the %(field)s."
            ),
            columns=numbered(same, columns),
            field=str(fields[key].label),
            key=key,
            second=same[1],
        )


def numbered(names: Sequence[str], columns: Sequence[str]) -> str:
    """Name columns with their places, from 1."""
    return ", ".join(f'"{name}" ({columns.index(name) + 1})' for name in names)
