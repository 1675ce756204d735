"""All segments of a brand at a glance."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from pyroaring import BitMap

from regulars.differentiate.segments.models import (
    Evaluation,
    Membership,
    Segment,
    SegmentVersion,
    Trouble,
)
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.references import named_in
from regulars.differentiate.segments.tree import read_tree
from regulars.differentiate.segments.wording import sentence_of
from regulars.lake.public import last_revision
from regulars.organization.public import Brand

STALE_AFTER = timedelta(minutes=15)
BEHIND_AFTER = timedelta(minutes=1)
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A segment with what is known of its people; ``stale`` when that is no longer up to date,
    ``behind`` when facts have changed since, and for longer than finding people anew takes.

    ``before`` is how many they were a month ago, or when they were first found since.
    """

    segment: Segment
    sentence: str
    size: int | None = None
    before: int | None = None
    as_of_on: date | None = None
    found_at: datetime | None = None
    facts_at: datetime | None = None
    seconds: float | None = None
    trouble: str = ""
    stale: bool = False
    behind: bool = False

    @property
    def change(self) -> str:
        """How many more or fewer they are than a month ago, with its sign; nothing when unknown."""
        if self.size is None or self.before is None or self.size == self.before:
            return ""
        return f"{self.size - self.before:+,}".replace("-", "\u2212")

    @property
    def change_note(self) -> str:
        """The change in words."""
        return _("%(change)s in a month") % {"change": self.change} if self.change else ""


def overview(
    *,
    brand: Brand,
    language: str,
    now: datetime,
    archived: bool = False,
    among: BitMap | None = None,
    only: Collection[int] | None = None,
) -> list[Row]:
    """Return the segments in use, or the archived ones, or ``only`` those of some numbers, by name;
    ``among`` some people only.
    """
    segments = Segment.objects.of(brand)
    segments = (
        segments.filter(archived_at__isnull=not archived)
        if only is None
        else segments.filter(pk__in=only)
    )
    versions = list(SegmentVersion.objects.newest().filter(segment__in=segments))
    told = _Told(versions, among, now)
    named = {segment.pk: segment for segment in segments}
    rows = [
        told.row(named[version.segment_id], version, say(version, brand, language))
        for version in versions
    ]
    return sorted(rows, key=lambda row: row.segment.name.casefold())


def overview_of(
    *, segment: Segment, language: str, now: datetime, among: BitMap | None = None
) -> Row:
    """Return one segment at a glance."""
    version = segment.current
    said = say(version, segment.brand, language)
    row = _Told([version], among, now).row(segment, version, said)
    wrong = "" if segment.frozen_at or segment.archived_at else trouble_of(version, segment.brand)
    return replace(row, trouble=wrong or row.trouble)


def say(version: SegmentVersion, brand: Brand, language: str) -> str:
    """Say a version as a sentence; nothing when it cannot be understood any more."""
    try:
        node = read_tree(version.tree, brand=brand, to_say=True)
    except NotATree:
        return ""
    return sentence_of(node, brand=brand, language=language)


def trouble_of(version: SegmentVersion, brand: Brand, within: frozenset[int] = frozenset()) -> str:
    """Say what cannot be asked any more in a version, or in a segment that it names."""
    try:
        named = named_in(read_tree(version.tree, brand=brand))
    except NotATree as error:
        return error.sentence
    for segment in Segment.objects.filter(pk__in=set(named) - within, frozen_at=None):
        inside = trouble_of(segment.current, brand, within | {segment.pk})
        if inside:
            told = {"segment": segment.name, "problem": inside}
            return _("In the segment “%(segment)s”: %(problem)s") % told
    return ""


class _Told:
    """What is known of some versions, asked of the database at once."""

    def __init__(
        self, versions: Sequence[SegmentVersion], among: BitMap | None, now: datetime
    ) -> None:
        self.among, self.now = among, now
        self.revision = last_revision()
        self.found = {
            one.version_id: one for one in Membership.objects.filter(version__in=versions)
        }
        self.troubles = {
            one.segment_id: one
            for one in Trouble.objects.filter(segment__in=[one.segment_id for one in versions])
        }
        self.before = _sizes_before(versions, now - MONTH)

    def row(self, segment: Segment, version: SegmentVersion, said: str) -> Row:
        found, trouble = self.found.get(version.pk), self.troubles.get(segment.pk)
        sentence = trouble.sentence if trouble else ""
        if found is None:
            return Row(segment=segment, sentence=said, trouble=sentence, stale=True)
        size = found.size if self.among is None else len(found.people & self.among)
        return Row(
            segment=segment,
            sentence=said,
            size=size,
            before=self.before.get(version.pk) if self.among is None else None,
            as_of_on=found.as_of_on,
            found_at=found.found_at,
            facts_at=found.facts_at,
            seconds=found.seconds,
            trouble=sentence,
            stale=not segment.frozen_at and (bool(trouble) or self._is_old(found)),
            behind=segment.in_use and not segment.frozen_at and self._is_behind(found),
        )

    def _is_old(self, found: Membership) -> bool:
        return self.now - found.facts_at > STALE_AFTER

    def _is_behind(self, found: Membership) -> bool:
        return found.revision < self.revision and self.now - found.facts_at > BEHIND_AFTER


def _sizes_before(versions: Sequence[SegmentVersion], then: datetime) -> Mapping[int, int]:
    sizes: dict[int, int] = {}
    rows = Evaluation.objects.filter(version__in=versions).order_by("at", "pk")
    for version, at, size in rows.values_list("version_id", "at", "size"):
        if at <= then or version not in sizes:
            sizes[version] = size
    return sizes
