"""Give a customer an identifier, and take one away."""

from datetime import datetime

from django.db import IntegrityError, transaction

from regulars.identify.customers.blocking import accepted_form
from regulars.identify.customers.identifier_kinds import identifier_kind
from regulars.identify.customers.models import Customer, Identifier
from regulars.identify.customers.normalization import tail
from regulars.identify.customers.removed import RemovedIdentifier, take_out
from regulars.lake.public import next_revision
from regulars.organization.public import AuditAction, User, audit


class IdentifierTaken(Exception):
    """The value already identifies another customer of the brand: ``owner``."""

    def __init__(self, identifier: Identifier) -> None:
        super().__init__(identifier.kind, identifier.owner)
        self.kind, self.owner = identifier.kind, identifier.owner


class LimitReached(Exception):
    """The customer has as many identifiers of this kind as one may have."""

    def __init__(self, kind: str, limit: int) -> None:
        super().__init__(kind, limit)
        self.kind, self.limit = kind, limit


def add_identifier(
    *,
    customer: Customer,
    kind: str,
    value: str,
    by: User | None,
    now: datetime,
    source: str = "",
) -> Identifier:
    """Let the customer be recognized by a value; adding one they have changes nothing.

    Raises BlockedIdentifier, IdentifierTaken, LimitReached, NotAnIdentifier, UnknownKind.
    """
    normal = accepted_form(brand=customer.brand, kind=kind, value=value)
    with transaction.atomic():
        identifier, made = _give(customer, kind, normal, source=source, at=now)
        if made:
            _audit(by, AuditAction.CREATE, identifier, now=now)
    return identifier


def remove_identifier(
    *, identifier: Identifier, by: User | None, now: datetime
) -> RemovedIdentifier:
    """Take the identifier from its customer; ``restore_identifier`` gives it back."""
    with transaction.atomic():
        _audit(by, AuditAction.REMOVE, identifier, now=now)
        return take_out(identifier, revision=next_revision())


def restore_identifier(
    *, customer: Customer, removed: RemovedIdentifier, by: User | None, now: datetime
) -> Identifier:
    """Give back what was taken away, as it was. Raises IdentifierTaken, LimitReached."""
    with transaction.atomic():
        identifier, made = _give(
            customer,
            removed.kind,
            removed.value,
            source=removed.source,
            at=removed.created_at,
            import_id=removed.import_id,
        )
        if made:
            _audit(by, AuditAction.UNDO, identifier, now=now)
    return identifier


def _give(
    customer: Customer,
    kind: str,
    normal: str,
    *,
    source: str,
    at: datetime,
    import_id: int | None = None,
) -> tuple[Identifier, bool]:
    owner = Customer.objects.select_for_update().get(pk=customer.pk)  # the limit holds in a race
    theirs = Identifier.objects.filter(brand_id=owner.brand_id, kind=kind)
    if known := theirs.filter(value=normal).select_related("customer__canonical").first():
        return _unless_taken(known, owner), False
    if theirs.filter(customer=owner).count() >= identifier_kind(kind).limit:
        raise LimitReached(kind, identifier_kind(kind).limit)
    identifier = Identifier(
        brand_id=owner.brand_id,
        customer=owner,
        kind=kind,
        value=normal,
        tail=tail(kind, normal),
        source=source,
        import_id=import_id,
        created_at=at,
        revision=next_revision(),
    )
    try:
        with transaction.atomic():
            identifier.save(force_insert=True)
    except IntegrityError:  # another process gave it to somebody while we looked
        return _unless_taken(theirs.select_related("customer").get(value=normal), owner), False
    return identifier, True


def _unless_taken(identifier: Identifier, customer: Customer) -> Identifier:
    if identifier.owner.pk != customer.pk:
        raise IdentifierTaken(identifier)
    return identifier


def _audit(by: User | None, action: AuditAction, identifier: Identifier, *, now: datetime) -> None:
    audit(
        by,
        action,
        now=now,
        brand=identifier.brand,
        subject_kind="customer",
        subject=identifier.customer.public_id,
        detail={"identifier": identifier.kind},
    )
