"""Files of people: which column names them, and who they are."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain, zip_longest

from django.utils.translation import gettext as _

from regulars.differentiate.segments.naming_people import is_contact, people_named
from regulars.identify.intake.public import FileRefused, text_of
from regulars.organization.public import Brand

LARGEST = 32_000_000  # bytes
LOOKED_AT = 200
NO_TEXT = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
PARTINGS = ",;\t|"


class NotAListFile(ValueError):
    """A file in which no people can be looked for; the text is a sentence for a person."""


def names_in(content: bytes, *, brand: Brand, masked: bool, called: str = "") -> list[str]:
    """Return the cells that name people: those of the column in which most are found.

    Addresses and phone numbers are refused to who is ``masked``, who sees no personal data.
    A file ``called`` as workbooks are is no text, whatever is in it. Raises NotAListFile.
    """
    rows = _rows(_text(content, called))
    if not rows:
        raise NotAListFile(_("There is nothing in this file."))
    columns = list(zip_longest(*rows[:LOOKED_AT], fillvalue=""))
    found = [
        len(people_named(brand, [cell for cell in column if cell], masked=masked))
        for column in columns
    ]
    best = max(range(len(columns)), key=lambda nth: (found[nth], -nth))
    cells = [row[best].strip() for row in rows if best < len(row)]
    if masked:
        _refuse_contacts(cells if found[best] else chain(*columns))
    headed = found[best] and not people_named(brand, cells[:1], masked=masked)
    return [cell for cell in cells[1 if headed else 0 :] if cell]


def _refuse_contacts(cells: Iterable[str]) -> None:
    if any(is_contact(cell) for cell in cells):
        raise NotAListFile(
            _(
                "Your role sees no personal data and so cannot look people up by e-mail or phone."
                " Customer numbers and member numbers will do."
            )
        )


def _text(content: bytes, called: str) -> str:
    if len(content) > LARGEST:
        raise NotAListFile(_("This file is too large: at most 32 MB."))
    try:
        text = text_of(content)
    except FileRefused:
        text = "\0"
    if not NO_TEXT.search(text) and not called.casefold().endswith(WORKBOOKS):
        return text
    raise NotAListFile(_("This is no text file. Save it as CSV and try again."))


def _rows(text: str) -> list[list[str]]:
    head = text[:10_000]
    parting = max(PARTINGS, key=head.count)
    reader: Iterator[list[str]] = csv.reader(StringIO(text), delimiter=parting)
    try:
        return [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        raise NotAListFile(_("This file cannot be read as a table.")) from None
