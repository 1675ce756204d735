"""Find the numbers in a file that the brand has already, of somebody else or another amount."""

import pyarrow as pa
from django.utils.translation import gettext_noop

from regulars.identify.commerce.public import (
    Order,
    Refund,
    known_refunds,
    owners_of_orders,
    smaller_refunds,
)
from regulars.identify.intake.loading.orders import steps_of
from regulars.identify.intake.loading.people import find_people
from regulars.identify.intake.models import Import, ImportKind
from regulars.identify.intake.staging.accepted import Number
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench
from regulars.work.public import TaskControl

COMPARING = gettext_noop("Comparing with what is known")
_ANCHORS = """
    (SELECT DISTINCT person, anchor_kind, anchor_value FROM owner
     JOIN st.{table} USING (number) JOIN st.person USING (person))
"""
_REFUND = {
    "number": "text", "occurred_at": "timestamptz", "amount_minor": "bigint", "so_far": "bigint",
}  # fmt: skip
_TOLD_REFUNDS = """
    (SELECT *, CAST(of_purchase IS NOT NULL AS BIGINT) AS so_far
     FROM st.refund WHERE step = {step})
"""
# Whoever is found nowhere would be new: somebody else than the one who has the number.
_OF_ANOTHER = """
    SELECT number FROM owner JOIN st.{table} USING (number) JOIN st.person USING (person)
    LEFT JOIN found_person USING (person)
    WHERE found_person.customer_id IS DISTINCT FROM owner.customer_id
"""


def taken_numbers(db: Workbench, imported: Import, *, control: TaskControl) -> list[Number]:
    """Return which orders and refunds in ``st`` cannot be written, before anything of them is."""
    if imported.kind != ImportKind.ORDERS:
        return []
    theirs = {"brand": imported.brand, "source": imported.source}
    found: list[Number] = []
    for table, model, look in (("purchase", Order, _orders), ("refund", Refund, _refunds)):
        if model.objects.filter(**theirs).exists():
            for step in steps_of(db, table):
                control.progress(step.upto, step.total, COMPARING)
                found += [
                    (number, table == "refund") for number in look(db, imported, step.ordinal)
                ]
    return found


def _orders(db: Workbench, imported: Import, step: int) -> list[str]:
    told = f"(SELECT number FROM st.purchase WHERE step = {step} AND person IS NOT NULL)"  # noqa: S608
    with temporary(db, "intake_number", {"number": "text"}, told) as table:
        owners = owners_of_orders(brand=imported.brand, source=imported.source, told=table)
    return _of_another(db, imported, "purchase", owners)


def _refunds(db: Workbench, imported: Import, step: int) -> list[str]:
    with temporary(db, "intake_number", _REFUND, _TOLD_REFUNDS.format(step=step)) as table:
        known = known_refunds(brand=imported.brand, source=imported.source, told=table)
        smaller = smaller_refunds(brand=imported.brand, source=imported.source, told=table)
    differing = [number for number, _, differs in known if differs]
    owners = [(number, whose) for number, whose, differs in known if whose and not differs]
    return smaller + differing + _of_another(db, imported, "refund", owners)


def _of_another(
    db: Workbench, imported: Import, table: str, owners: list[tuple[str, int]]
) -> list[str]:
    if not owners:
        return []
    rows = pa.table(
        {
            "number": pa.array([number for number, _ in owners], pa.string()),
            "customer_id": pa.array([customer for _, customer in owners], pa.int64()),
        }
    )
    db.register("incoming", rows)
    db.execute("CREATE OR REPLACE TABLE owner AS SELECT * FROM incoming")
    db.unregister("incoming")
    find_people(db, imported, anchors=_ANCHORS.format(table=table))
    return [number for (number,) in db.execute(_OF_ANOTHER.format(table=table)).fetchall()]
