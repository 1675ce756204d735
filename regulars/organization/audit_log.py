"""Read what the audit says about a brand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from regulars.organization.models import AuditAction, AuditEntry, Branch, Brand, User
from regulars.organization.staffing import staff_of

PERSONAL = [
    AuditAction.SIGN_IN,
    AuditAction.SIGN_IN_REFUSED,
    AuditAction.SIGN_OUT,
    AuditAction.CHANGE,
]


@dataclass(frozen=True, kw_only=True)
class AuditQuestion:
    """Which entries are asked for; days are days of the brand, both included."""

    person_id: int | None = None
    action: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class AuditLine:
    """An entry, with the names of those it is about as they are today."""

    entry: AuditEntry
    about: str


def audit_of(
    brand: Brand, question: AuditQuestion, *, strangers: bool = False
) -> QuerySet[AuditEntry]:
    """What happened at a brand, and how its staff signed in, the latest first.

    Strangers who were refused belong to no brand: only who owns all brands reads of them.
    """
    staff = staff_of(brand).order_by().values("pk")
    asked = Q(brand=brand) | Q(brand=None, user__in=staff, action__in=PERSONAL)
    if strangers:
        asked |= Q(brand=None, user=None)
    entries = AuditEntry.objects.filter(asked)
    if question.person_id:
        entries = entries.filter(user=question.person_id)
    if question.action:
        entries = entries.filter(action=question.action)
    if question.subject:
        entries = entries.filter(subject__startswith=question.subject)
    if question.since:
        entries = entries.filter(at__gte=_midnight(question.since, brand))
    if question.until:
        entries = entries.filter(at__lt=_midnight(question.until + timedelta(days=1), brand))
    return entries.select_related("user").order_by("-pk")


def told(entries: Iterable[AuditEntry]) -> list[AuditLine]:
    """Give the entries the names of the people and branches they are about, in two queries."""
    kept = list(entries)
    people = _names(User, kept, {"staff", "role", "invitation"})
    branches = _names(Branch, kept, {"branch"})
    return [
        AuditLine(entry, people.get(entry.pk) or branches.get(entry.pk) or "") for entry in kept
    ]


def _names(
    model: type[User | Branch], entries: list[AuditEntry], kinds: set[str]
) -> dict[int, str]:
    wanted = {
        entry.pk: int(entry.subject)
        for entry in entries
        if entry.subject_kind in kinds and entry.subject.isdecimal()
    }
    found = model._default_manager.in_bulk(set(wanted.values())) if wanted else {}
    return {pk: str(found[key]) for pk, key in wanted.items() if key in found}


def _midnight(day: date, brand: Brand) -> datetime:
    return datetime.combine(day, time.min, tzinfo=brand.zone)
