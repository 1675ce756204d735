"""A preset: the columns of a well-known export, and what must be known to read it right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from regulars.identify.intake.reading.header import plain_name

Headers = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How an order file is to be understood, beyond its columns.

    ``refund_number`` is a pattern of numbers that are refunds, ``refund_event`` one of what a row
    records; ``unpaid`` and ``returned`` are patterns of a status; ``continued`` says that an
    order's number may stand on its first line only. ``currency``, ``timezone`` and ``country``
    are those of the place such files come from, for a brand that does not say.
    """

    source: str = "import"
    refund_number: str = ""
    unpaid: str = ""
    returned: str = ""
    refund_event: str = ""
    continued: bool = False
    tax_in_total: bool = True
    currency: str = ""
    timezone: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """``columns`` names for each field the headers it may have, the best first.

    ``signatures`` are sets of headers; a file that has all of one is such an export.
    """

    key: str
    label: Promise | str
    columns: Mapping[str, Headers]
    signatures: tuple[Headers, ...]
    reading: Reading = field(default_factory=Reading)
    kind: str = "orders"

    def mapping(self, headers: Iterable[str]) -> dict[str, str]:
        """Return which of a file's headers is which field."""
        known: dict[str, str] = {}
        for header in headers:
            known.setdefault(plain_name(header), header)
        found = {}
        for key, names in self.columns.items():
            if matching := [known[n] for n in map(plain_name, names) if n in known]:
                found[key] = matching[0]
        return found

    def fits(self, headers: Iterable[str]) -> bool:
        """Tell whether a file with these headers is such an export."""
        found = set(map(plain_name, headers))
        return any(set(map(plain_name, names)) <= found for names in self.signatures)
