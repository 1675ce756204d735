"""Count what is in a staged file, and what became of it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from regulars.identify.commerce.public import count_unmatched
from regulars.identify.intake.models import Import, ImportKind, Phase
from regulars.identify.intake.rejects import LEFT_OUT
from regulars.identify.intake.staging.store import facts_of
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench

FORWARD = (Phase.PRODUCTS, Phase.PEOPLE, Phase.ORDERS, Phase.REFUNDS)
HOW = ("new", "changed", "unchanged")
TABLES = {
    ImportKind.ORDERS: {
        "orders": "purchase",
        "order_lines": "sold",
        "refunds": "refund",
        "refund_lines": "given_back",
        "customers": "profile",
        "products": "product",
    },
    ImportKind.CUSTOMERS: {"customers": "profile"},
    ImportKind.PRODUCTS: {"products": "product"},
}
_NUMBERS = """
    (SELECT number FROM st.refund UNION ALL
     SELECT number || ':{imported}' FROM st.refund WHERE of_purchase IS NOT NULL)
"""


def counts_of(db: Workbench, imported: Import, *, taken: Mapping[str, int]) -> dict[str, Any]:
    """Count what the file holds, what was written of it, and what was refused; all in rows."""
    written: Counter[str] = Counter()
    for step in imported.steps.all():
        written.update(step.counts)
    unmatched = {}
    if imported.kind == ImportKind.ORDERS:
        unmatched = {"unmatched_refund_lines": _unmatched(db, imported)}
    return {**staged_counts(db, imported, taken=taken), **unmatched, **written}


def written_so_far(imported: Import) -> dict[str, int]:
    """Count what the steps of an import that stopped half-way have written."""
    written: Counter[str] = Counter()
    for step in imported.steps.filter(phase__in=FORWARD):
        written.update(step.counts)
    facts = [what for what in TABLES[ImportKind(imported.kind)] if "line" not in what]
    sums = {what: sum(written[f"{how}_{what}"] for how in HOW) for what in facts}
    return {**sums, **written}


def staged_counts(db: Workbench, imported: Import, *, taken: Mapping[str, int]) -> dict[str, Any]:
    """Count what the file holds, before anything is written."""
    rows = db.execute("SELECT reason, count(*) FROM st.refused GROUP BY reason ORDER BY 2 DESC, 1")
    reasons: dict[str, int] = dict(rows.fetchall())
    reasons.update(taken)
    refused = {reason: n for reason, n in reasons.items() if reason not in LEFT_OUT}
    facts = facts_of(db)
    return {
        "lines": facts["rows"],
        "columns": facts["columns"],
        "sample": imported.counts.get("sample", []),
        "repeated": imported.counts.get("repeated", []),
        **{what: _count(db, table) for what, table in TABLES[ImportKind(imported.kind)].items()},
        "refused": sum(refused.values()),
        "refused_reasons": refused,
        "left_out": {reason: n for reason, n in reasons.items() if reason in LEFT_OUT},
    }


def _count(db: Workbench, table: str) -> int:
    found = db.execute(f"SELECT count(*) FROM st.{table}").fetchone()  # noqa: S608
    return int(found[0]) if found else 0


def _unmatched(db: Workbench, imported: Import) -> int:
    numbers = _NUMBERS.format(imported=imported.pk)
    with temporary(db, "intake_number", {"number": "text"}, numbers, index="number") as told:
        return count_unmatched(brand=imported.brand, source=imported.source, refunds=told)
