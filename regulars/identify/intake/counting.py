"""Count what is in a staged file, and what became of it."""

from collections import Counter

from regulars.identify.commerce.public import count_unmatched
from regulars.identify.intake.models import Import
from regulars.identify.intake.staging.store import facts_of
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench

LEFT_OUT = ("not_paid",)
"""Reasons that are nobody's mistake: what was never paid is no order."""


def counts_of(db: Workbench, imported: Import) -> dict[str, object]:
    """Count rows, orders, people and products of the file, and what was written of them."""
    reasons = dict(
        db.execute(
            "SELECT reason, count(*) FROM st.reject GROUP BY reason ORDER BY 2 DESC"
        ).fetchall()
    )
    written: Counter[str] = Counter()
    for step in imported.steps.all():
        written.update(step.counts)
    return {
        "lines": facts_of(db)["rows"],
        "orders": _count(db, "purchase"),
        "customers": _count(db, "profile"),
        "products": _count(db, "product"),
        "order_lines": _count(db, "sold"),
        "refunds": _count(db, "refund"),
        "refund_lines": _count(db, "given_back"),
        "unmatched_refund_lines": _unmatched(db, imported),
        "refused": sum(n for reason, n in reasons.items() if reason not in LEFT_OUT),
        "refused_reasons": {r: n for r, n in reasons.items() if r not in LEFT_OUT},
        "left_out": {r: n for r, n in reasons.items() if r in LEFT_OUT},
        **written,
    }


def _count(db: Workbench, table: str) -> int:
    found = db.execute(f"SELECT count(*) FROM st.{table}").fetchone()  # noqa: S608
    return int(found[0]) if found else 0


def _unmatched(db: Workbench, imported: Import) -> int:
    with temporary(db, "intake_number", {"number": "text"}, "st.refund", index="number") as told:
        return count_unmatched(brand=imported.brand, source=imported.source, refunds=told)
