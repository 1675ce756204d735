"""Bring identifiers to the form in which they are kept; leave out those that identify nobody."""

from collections.abc import Iterable

import pyarrow as pa

from regulars.identify.customers.public import BlockedValue, is_blocked, normal_forms, owners_of
from regulars.identify.intake.mapping.person_fields import PUBLIC_ID
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench
from regulars.organization.public import HIDDEN, Brand

MASKS = ("**", HIDDEN)
LONGEST = 254


def make_identity_forms(
    db: Workbench, kinds: Iterable[str], *, brand: Brand, country: str = ""
) -> None:
    """Make ``identity_form`` (kind, text, normal) of ``cell``; nobody's values have no row.

    Nor have those a marketplace hides, as in ``t**5``: two people would look like one. ``country``
    is where phone numbers are dialled, of a brand that does not say.
    """
    db.execute("CREATE OR REPLACE TABLE identity_form (kind VARCHAR, text VARCHAR, normal VARCHAR)")
    for kind in kinds:
        if kind == PUBLIC_ID.key:
            _add(db, kind, _known_ids(db, brand))
            continue
        texts = _texts(db, kind)
        if texts:
            _add(db, kind, _accepted(brand, kind, texts, brand.country or country))


def is_masked(text: str) -> bool:
    """Tell whether part of a value is hidden: by a marketplace, or in an export of our own."""
    return any(mask in text for mask in MASKS)


def first_too_long(kinds: Iterable[str]) -> str:
    """SQL for the first identifier of a row that is longer than any can be, as ``email: aaa``."""
    tests = [
        f"WHEN length(cell.{kind}) > {LONGEST} THEN '{kind}: ' || left(cell.{kind}, 40) || '…'"
        for kind in kinds
    ]
    return f"CASE {' '.join(tests)} END" if tests else "CAST(NULL AS VARCHAR)"


def _known_ids(db: Workbench, brand: Brand) -> dict[str, str]:
    told = "(SELECT DISTINCT 'public_id' AS kind, public_id AS value FROM cell)"
    with temporary(db, "intake_told", {"kind": "text", "value": "text"}, told) as table:
        return {value: value for _, value, _ in owners_of(brand=brand, told=table)}


def _texts(db: Workbench, kind: str) -> list[str]:
    found = db.execute(
        f"SELECT DISTINCT {kind} FROM cell WHERE {kind} IS NOT NULL"  # noqa: S608
    ).fetchall()
    return [text for (text,) in found]


def _accepted(brand: Brand, kind: str, texts: list[str], country: str) -> dict[str, str]:
    asked = [text for text in texts if not is_masked(text) and not is_blocked(kind, text)]
    forms = normal_forms(kind, asked, country=country)
    blocked = set(
        BlockedValue.objects.filter(brand=brand, kind=kind).values_list("value", flat=True)
    )
    return {
        text: form
        for text, form in forms.items()
        if form is not None and form not in blocked and (form == text or not is_blocked(kind, form))
    }


def _add(db: Workbench, kind: str, forms: dict[str, str]) -> None:
    rows = pa.table(
        {
            "text": pa.array(forms.keys(), pa.string()),
            "normal": pa.array(forms.values(), pa.string()),
        }
    )
    db.register("incoming", rows)
    db.execute("INSERT INTO identity_form SELECT ?, text, normal FROM incoming", [kind])
    db.unregister("incoming")
