"""Bring identifiers to the form in which they are kept; leave out those that identify nobody."""

from collections.abc import Iterable

import pyarrow as pa

from regulars.identify.customers.public import BlockedValue, is_blocked, normal_forms
from regulars.lake.public import Workbench
from regulars.organization.public import Brand

MASK = "**"


def make_identity_forms(
    db: Workbench, kinds: Iterable[str], *, brand: Brand, country: str = ""
) -> None:
    """Make ``identity_form`` (kind, text, normal) of ``cell``; nobody's values have no row.

    Nor have those a marketplace hides, as in ``t**5``: two people would look like one. ``country``
    is where phone numbers are dialled, of a brand that does not say.
    """
    db.execute("CREATE OR REPLACE TABLE identity_form (kind VARCHAR, text VARCHAR, normal VARCHAR)")
    for kind in kinds:
        texts = _texts(db, kind)
        if texts:
            _add(db, kind, _accepted(brand, kind, texts, brand.country or country))


def _texts(db: Workbench, kind: str) -> list[str]:
    found = db.execute(
        f"SELECT DISTINCT {kind} FROM cell WHERE {kind} IS NOT NULL"  # noqa: S608
    ).fetchall()
    return [text for (text,) in found]


def _accepted(brand: Brand, kind: str, texts: list[str], country: str) -> dict[str, str]:
    asked = [text for text in texts if MASK not in text and not is_blocked(kind, text)]
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
