"""Keep lists of people: bring them in, by a newer file too, name, remove and restore them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from pyroaring import BitMap

from regulars.differentiate.segments.keeping import LONGEST_NAME, NameTaken, masked_for
from regulars.differentiate.segments.list_uses import segments_naming
from regulars.differentiate.segments.models import PeopleList, Segment
from regulars.differentiate.segments.naming_people import people_of
from regulars.identify.customers.public import Customer
from regulars.organization.public import Actor, AuditAction, Brand, User, audit

CONTENTS = ("bitmap", "size", "unknown", "made_by_id", "made_at")
BATCH = 1_000


class ListNotFound(LookupError):
    """The brand has no such list."""


class ListInUse(Exception):
    """Segments name the list; removing it would leave them without."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self.segments = tuple(segments)
        super().__init__(", ".join(segment.name for segment in self.segments))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A list of people, and the segments in use that name it."""

    people_list: PeopleList
    segments: tuple[Segment, ...]


def people_list_of(*, brand: Brand, list_id: int) -> PeopleList:
    """Return a list in use of the brand. Raises ListNotFound."""
    found = PeopleList.objects.of(brand).in_use().filter(pk=list_id).first()
    if found is None:
        raise ListNotFound(list_id)
    return found


def people_list_called(*, brand: Brand, name: str) -> PeopleList:
    """Return the brand's list in use of that name, in any case. Raises ListNotFound."""
    found = PeopleList.objects.of(brand).in_use().filter(name__iexact=name.strip()).first()
    if found is None:
        raise ListNotFound(name)
    return found


def people_lists(*, brand: Brand) -> list[ListRow]:
    """Return the lists of a brand that are in use, by name."""
    naming = segments_naming(brand)
    lists = PeopleList.objects.of(brand).in_use().select_related("made_by").defer("bitmap")
    rows = [ListRow(people_list=one, segments=tuple(naming.get(one.pk, ()))) for one in lists]
    return sorted(rows, key=lambda row: row.people_list.name.casefold())


def make_people_list(
    *, brand: Brand, name: str, lines: Iterable[str], by: Actor, now: datetime
) -> PeopleList:
    """Keep the people whom lines name, each by public id, e-mail, phone or number.

    Lines that name nobody are counted, not kept; empty ones are passed over. Who may not see
    personal data finds nobody by e-mail or phone. Raises NameTaken.
    """
    called = _free(brand, name)
    people, unknown = people_of(brand, lines, masked=masked_for(by))
    try:
        with transaction.atomic():
            made = PeopleList.objects.create(
                brand=brand,
                name=called,
                bitmap=people.serialize(),
                size=len(people),
                unknown=unknown,
                made_by=_user(by),
                made_at=now,
            )
            _audit(made, AuditAction.IMPORT, by=by, now=now, people=made.size)
    except IntegrityError:
        raise NameTaken(called) from None
    return made


def replace_people_list(
    *, people_list: PeopleList, lines: Iterable[str], by: Actor, now: datetime
) -> PeopleList:
    """Put the people whom lines name in the place of those of a list; return what it had before.

    Segments that name the list are found anew. ``restore_people_list`` of what it had undoes this.
    Raises ListNotFound when the list was removed meanwhile.
    """
    people, unknown = people_of(people_list.brand, lines, masked=masked_for(by))
    with transaction.atomic():
        current = _locked(people_list)
        former = PeopleList(brand=current.brand, name=current.name, former_of=current,
                            removed_at=now, **_contents(current))  # fmt: skip
        former.save(force_insert=True)
        current.bitmap, current.size, current.unknown = people.serialize(), len(people), unknown
        current.made_by, current.made_at = _user(by), now
        current.save(update_fields=CONTENTS)
        _audit(current, AuditAction.IMPORT, by=by, now=now, people=current.size, before=former.size)
    people_list.refresh_from_db()
    return former


def rename_people_list(*, people_list: PeopleList, name: str, by: Actor, now: datetime) -> None:
    """Give a list another name. Raises NameTaken."""
    with transaction.atomic():
        people_list.name = _free(people_list.brand, name, but=people_list)
        people_list.save(update_fields=["name"])
        _audit(people_list, AuditAction.CHANGE, by=by, now=now)


def remove_people_list(*, people_list: PeopleList, by: Actor, now: datetime) -> None:
    """Take a list out of use. Raises ListInUse while a segment in use names it; ListNotFound."""
    with transaction.atomic():
        current = _locked(people_list)
        if segments := segments_naming(current.brand).get(current.pk):
            raise ListInUse(segments)
        current.removed_at = now
        current.save(update_fields=["removed_at"])
        _audit(current, AuditAction.REMOVE, by=by, now=now)


def restore_people_list(*, people_list: PeopleList, by: Actor, now: datetime) -> PeopleList:
    """Take a removed list into use again, or give a list back what it had; return the list.

    Raises NameTaken; ListNotFound when the list that had this was removed itself, or when this is
    done already.
    """
    with transaction.atomic():
        kept = PeopleList.objects.select_for_update().filter(pk=people_list.pk).first()
        if kept is None or kept.removed_at is None:
            raise ListNotFound(people_list.pk)
        if kept.former_of is not None:
            current = _locked(kept.former_of)
            for name, value in _contents(kept).items():
                setattr(current, name, value)
            current.save(update_fields=CONTENTS)
            kept.delete()
        else:
            current = kept
            current.name, current.removed_at = _free(kept.brand, kept.name), None
            current.save(update_fields=["removed_at"])
        _audit(current, AuditAction.UNDO, by=by, now=now)
    return current


def themselves(people_list: PeopleList) -> BitMap:
    """Return the people of a list as whom they are today: without aliases and who was erased."""
    numbers, found = list(people_list.people), BitMap()
    for start in range(0, len(numbers), BATCH):
        known = Customer.objects.filter(brand=people_list.brand, pk__in=numbers[start:][:BATCH])
        found.update(canonical or pk for pk, canonical in known.values_list("pk", "canonical_id"))
    return found


def _locked(people_list: PeopleList) -> PeopleList:
    in_use = PeopleList.objects.in_use().select_related("brand").select_for_update(of=("self",))
    found = in_use.filter(pk=people_list.pk).first()
    if found is None:
        raise ListNotFound(people_list.pk)
    return found


def _contents(people_list: PeopleList) -> dict[str, object]:
    return {name: getattr(people_list, name) for name in CONTENTS}


def _free(brand: Brand, name: str, *, but: PeopleList | None = None) -> str:
    wanted = " ".join(name.split())[:LONGEST_NAME]
    others = PeopleList.objects.of(brand).in_use().filter(name__iexact=wanted)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if not wanted or others.exists():
        raise NameTaken(wanted)
    return wanted


def _user(by: Actor) -> User | None:
    return by if by is None or isinstance(by, User) else by.user


def _audit(
    people_list: PeopleList, action: AuditAction, *, by: Actor, now: datetime, **detail: object
) -> None:
    audit(by, action, now=now, brand=people_list.brand, subject_kind="people list",
          subject=str(people_list.pk), detail=detail)  # fmt: skip
