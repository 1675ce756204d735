"""Keep segments: make, change, copy, archive and freeze them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from regulars.differentiate.segments.models import Membership, Reference, Segment, SegmentVersion
from regulars.differentiate.segments.references import (
    named_in,
    refuse_circle_through,
    refuse_circles,
)
from regulars.differentiate.segments.tree import read_tree
from regulars.differentiate.segments.uses import Use, uses_of
from regulars.differentiate.segments.written import write_people
from regulars.organization.public import Access, Actor, AuditAction, Brand, User, audit

LONGEST_NAME = 120


class SegmentNotFound(LookupError):
    """The brand has no such segment."""


class NameTaken(ValueError):
    """Another segment of the brand has this name, or it is empty."""


class ChangedMeanwhile(Exception):
    """Somebody else made another version of the segment since it was looked at."""

    def __init__(self, version: SegmentVersion) -> None:
        self.version = version
        super().__init__(str(version))


class NotFoundYet(Exception):
    """The people of the segment were not found yet, so that they cannot be kept."""


class Frozen(Exception):
    """A frozen segment keeps its people: it can be copied, not changed."""


class InUse(Exception):
    """Something uses the segment; archiving it would leave that without."""

    def __init__(self, uses: Iterable[Use]) -> None:
        self.uses = tuple(uses)
        super().__init__(", ".join(use.name for use in self.uses))


def segment_of(*, brand: Brand, segment_id: int) -> Segment:
    """Return a segment of the brand. Raises SegmentNotFound."""
    found = Segment.objects.of(brand).filter(pk=segment_id).first()
    if found is None:
        raise SegmentNotFound(segment_id)
    return found


def segment_called(*, brand: Brand, name: str) -> Segment:
    """Return the brand's segment in use of that name, in any case. Raises SegmentNotFound."""
    found = Segment.objects.of(brand).in_use().filter(name__iexact=name.strip()).first()
    if found is None:
        raise SegmentNotFound(name)
    return found


def make_segment(
    *, brand: Brand, name: str, tree: Mapping[str, Any], by: Actor, now: datetime, note: str = ""
) -> Segment:
    """Make a segment with its first version. Raises NotATree, NameTaken.

    Who may not see personal data may not ask about it either.
    """
    read_tree(tree, brand=brand, masked=masked_for(by))
    return _made(brand=brand, name=name, tree=tree, by=by, now=now, note=note)


def _made(
    *, brand: Brand, name: str, tree: Mapping[str, Any], by: Actor, now: datetime, note: str
) -> Segment:
    with _one_by_one(brand):
        segment = Segment.objects.create(
            brand=brand,
            name=_free(brand, name),
            note=note[:500],
            created_by=_user(by),
            created_at=now,
        )
        _add_version(segment, tree, by=by, now=now)
        _audit(segment, AuditAction.CREATE, by=by, now=now)
    return segment


def change_segment(
    *,
    segment: Segment,
    tree: Mapping[str, Any],
    by: Actor,
    now: datetime,
    since: int | None = None,
) -> SegmentVersion:
    """Give a segment another tree, as a new version; the same tree makes none.

    ``since`` is the number of the version that was looked at. Raises NotATree, also when the
    segment would contain itself, or asks about what who changes it may not see; Frozen;
    ChangedMeanwhile.
    """
    with _one_by_one(segment.brand):
        locked = Segment.objects.get(pk=segment.pk)
        if locked.frozen_at:
            raise Frozen(locked.name)
        if since is not None and locked.current.number != since:
            raise ChangedMeanwhile(locked.current)
        same = locked.current.tree == tree
        masked = masked_for(by) and not same
        refuse_circles(locked, read_tree(tree, brand=segment.brand, masked=masked))
        if same:
            return locked.current
        version = _add_version(locked, tree, by=by, now=now)
        _audit(locked, AuditAction.CHANGE, by=by, now=now)
    return version


def revise_segment(
    *,
    segment: Segment,
    name: str,
    note: str,
    tree: Mapping[str, Any],
    by: Actor,
    now: datetime,
    since: int,
) -> SegmentVersion:
    """Give a segment another tree, name and note, all of them or none.

    Raises NotATree, NameTaken, Frozen, ChangedMeanwhile.
    """
    with _one_by_one(segment.brand):
        version = change_segment(segment=segment, tree=tree, by=by, now=now, since=since)
        if (" ".join(name.split()), note.strip()) != (segment.name, segment.note):
            rename_segment(segment=segment, name=name, note=note.strip(), by=by, now=now)
    return version


def rename_segment(*, segment: Segment, name: str, note: str, by: Actor, now: datetime) -> Segment:
    """Give a segment another name and note. Raises NameTaken."""
    with _one_by_one(segment.brand):
        segment.name = _free(segment.brand, name, but=segment)
        segment.note = note[:500]
        segment.save(update_fields=["name", "note"])
        _audit(segment, AuditAction.CHANGE, by=by, now=now)
    return segment


def copy_segment(*, segment: Segment, by: Actor, now: datetime, name: str = "") -> Segment:
    """Make another segment that says the same. Raises NameTaken, NotATree."""
    with _one_by_one(segment.brand):
        copied = _made(
            brand=segment.brand,
            name=name or _numbered(segment),
            tree=segment.current.tree,
            by=by,
            now=now,
            note=segment.note,
        )
        copied.copied_from = segment
        copied.save(update_fields=["copied_from"])
    return copied


def freeze_segment(*, segment: Segment, by: Actor, now: datetime, name: str = "") -> Segment:
    """Keep the people of a segment as they are now, in a segment of its own.

    Raises NameTaken; NotFoundYet before they were first found.
    """
    found = Membership.objects.filter(version=segment.current).first()
    if found is None:
        raise NotFoundYet(segment.name)
    with _one_by_one(segment.brand):
        kept = copy_segment(segment=segment, by=by, now=now, name=name)
        kept.frozen_at = now
        kept.save(update_fields=["frozen_at"])
        found.version = kept.current
        found.save(force_insert=True)
    write_people(kept, found.people)
    return kept


def archive_segment(*, segment: Segment, by: Actor, now: datetime) -> Segment:
    """Take a segment out of use. Raises InUse while anything uses it."""
    with _one_by_one(segment.brand):
        if uses := uses_of(segment):
            raise InUse(uses)
        segment.archived_at = now
        segment.save(update_fields=["archived_at"])
        _audit(segment, AuditAction.REMOVE, by=by, now=now)
    return segment


def restore_segment(*, segment: Segment, by: Actor, now: datetime) -> Segment:
    """Take an archived segment into use again.

    Raises NameTaken; NotATree when it would contain itself by now.
    """
    with _one_by_one(segment.brand):
        refuse_circle_through(segment)
        segment.name = _free(segment.brand, segment.name, but=segment)
        segment.archived_at = None
        segment.save(update_fields=["archived_at"])
        _audit(segment, AuditAction.UNDO, by=by, now=now)
    return segment


@contextmanager
def _one_by_one(brand: Brand) -> Iterator[None]:
    """Let nobody else at the brand keep segments meanwhile, until what is done is there or not.

    Two that are made to name each other at once would otherwise both find that nothing goes round
    in a circle.
    """
    with transaction.atomic():
        Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
        yield


def _add_version(
    segment: Segment, tree: Mapping[str, Any], *, by: Actor, now: datetime
) -> SegmentVersion:
    last = segment.versions.order_by("-number").first()
    version = SegmentVersion.objects.create(
        segment=segment,
        number=last.number + 1 if last else 1,
        tree=tree,
        made_by=_user(by),
        made_at=now,
    )
    named = named_in(read_tree(tree, brand=segment.brand))
    Reference.objects.bulk_create(Reference(version=version, named_id=pk) for pk in named)
    return version


def _free(brand: Brand, name: str, *, but: Segment | None = None) -> str:
    wanted = " ".join(name.split())[:LONGEST_NAME]
    others = Segment.objects.of(brand).in_use().filter(name__iexact=wanted)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if not wanted or others.exists():
        raise NameTaken(wanted)
    return wanted


def _numbered(segment: Segment) -> str:
    names = Segment.objects.of(segment.brand).in_use().values_list("name", flat=True)
    taken = {name.lower() for name in names}
    stem, turn = segment.name[: LONGEST_NAME - 5], 2
    while f"{stem} {turn}".lower() in taken:
        turn += 1
    return f"{stem} {turn}"


def masked_for(by: Actor) -> bool:
    """Whether who acts may not see personal data; a command line may."""
    return isinstance(by, Access) and by.masked


def _user(by: Actor) -> User | None:
    return by if by is None or isinstance(by, User) else by.user


def _audit(segment: Segment, action: AuditAction, *, by: Actor, now: datetime) -> None:
    audit(by, action, now=now, brand=segment.brand, subject_kind="segment", subject=str(segment.pk))
