"""Take an identifier away so that it can be given back as it was."""

from dataclasses import dataclass
from datetime import datetime

from regulars.identify.customers.models import Identifier
from regulars.lake.public import Removal


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedIdentifier:
    """What an identifier was, for giving it back."""

    customer_id: int
    kind: str
    value: str
    source: str
    import_id: int | None
    created_at: datetime


def take_out(identifier: Identifier, *, revision: int) -> RemovedIdentifier:
    """Delete the row, tell the mirror, and return what it was."""
    removed = RemovedIdentifier(
        customer_id=identifier.customer_id,
        kind=identifier.kind,
        value=identifier.value,
        source=identifier.source,
        import_id=identifier.import_id,
        created_at=identifier.created_at,
    )
    Removal.objects.create(table="identifiers", row_id=identifier.pk, revision=revision)
    identifier.delete()
    return removed
