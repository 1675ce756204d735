"""Find the people of saved segments anew when facts or time changed, and tell who came and went."""

import hashlib
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models, transaction
from pyroaring import BitMap

from regulars.differentiate.metrics.public import (
    CUSTOMERS,
    MetricRun,
    has_standpoint,
    standpoint_of,
)
from regulars.differentiate.segments.announcing import announce
from regulars.differentiate.segments.asking import ground_on, members_on
from regulars.differentiate.segments.crowd import LIST
from regulars.differentiate.segments.ground import NotMeasured
from regulars.differentiate.segments.models import (
    Evaluation,
    Membership,
    PeopleList,
    Segment,
    SegmentVersion,
    Trouble,
)
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.references import versions_used
from regulars.differentiate.segments.tree import read_tree
from regulars.differentiate.segments.written import write_lost_people, write_people
from regulars.differentiate.value.public import VALUES, Valuation
from regulars.lake.public import NotInTheLake, Reading, reading
from regulars.organization.public import Brand
from regulars.work.public import describe, trace

log = logging.getLogger(__name__)

ENGINE = 2  # raised when the same tree and the same facts give other people
PULSE = timedelta(minutes=1)  # how often people who did not change are said to be current
REST = 10  # times what it took, before a segment is found anew
COMPUTED: Mapping[str, type[models.Model]] = {CUSTOMERS: MetricRun, VALUES: Valuation}
TROUBLES = (NotATree, NotMeasured, NotInTheLake)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The people of a version as they were just found, and what that depended on."""

    people: BitMap
    reads: list[str]
    hourly: bool
    seconds: float


def refresh_segments(*, brand: Brand, now: datetime) -> int:
    """Find the people of a brand's live segments anew where anything changed; return of how many.

    A segment that cannot be found keeps its people and its trouble is written down. Raises
    NeverMirrored.
    """
    found = 0
    write_lost_people(brand)
    with reading() as lake:
        for segment in Segment.objects.of(brand).live().order_by("pk"):
            found += _refresh(lake, segment, now)
    return found


def find_people(*, segment: Segment, now: datetime) -> Membership | None:
    """Find the people of one segment if anything changed, and return them.

    None when they cannot be found; its trouble says why. Raises NeverMirrored.
    """
    with reading() as lake:
        _refresh(lake, segment, now, hurried=True)
    return Membership.objects.filter(version=segment.current).first()


def size_history(segment: Segment) -> list[Evaluation]:
    """Return how large a segment was found over time, all its versions, the oldest first."""
    return list(Evaluation.objects.filter(version__segment=segment).order_by("at", "pk"))


def _refresh(lake: Reading, segment: Segment, now: datetime, *, hurried: bool = False) -> bool:
    if segment.frozen_at:
        return False
    version = segment.current
    known = Membership.objects.filter(version=version).first()
    if known and not hurried and now - known.found_at < timedelta(seconds=REST * known.seconds):
        return False
    day = standpoint_of(segment.brand, now=now)
    if known and known.fingerprint == _fingerprint(
        lake, segment, day, now, known.reads, hourly=known.hourly
    ):
        _still_so(lake, segment, known)
        return False
    try:
        found = _find(lake, version, day, now)
    except TROUBLES as error:
        _note_trouble(segment, str(getattr(error, "sentence", error)) or type(error).__name__, now)
        return False
    except Exception as error:  # noqa: BLE001 - one must not keep the others from being found
        _note_unforeseen(segment, error, now)
        return False
    fingerprint = _fingerprint(lake, segment, day, now, found.reads, hourly=found.hourly)
    if known is None or known.people != found.people:
        write_people(segment, found.people)
    _keep(lake, version, found, fingerprint=fingerprint, day=day, now=now)
    return True


def _find(lake: Reading, version: SegmentVersion, day: date, now: datetime) -> Found:
    began = time.perf_counter()
    brand = version.segment.brand
    ground = ground_on(lake, brand, day=day, now=now)
    people = members_on(read_tree(version.tree, brand=brand), ground)
    return Found(
        people=people,
        reads=sorted(ground.reads),
        hourly=ground.hourly,
        seconds=round(time.perf_counter() - began, 3),
    )


@transaction.atomic
def _keep(
    lake: Reading,
    version: SegmentVersion,
    found: Found,
    *,
    fingerprint: str,
    day: date,
    now: datetime,
) -> None:
    """Write down the people, and announce who came and went since they were last written down.

    Another process may have written them meanwhile. When a version is found for the first time
    nobody is announced: the segment changed, and not the people. Nor is anybody while the brand
    looks from a day of its choice; who came and went is told when it is back.
    """
    known = Membership.objects.select_for_update().filter(version=version).first()
    elsewhere = has_standpoint(version.segment.brand)
    before = known.announced_people if known else None
    entered, left = found.people - (before or BitMap()), (before or BitMap()) - found.people
    bitmap = found.people.serialize()
    Membership.objects.update_or_create(
        version=version,
        defaults={
            "bitmap": bitmap,
            "size": len(found.people),
            "as_of_on": day,
            "facts_at": lake.snapshot.at,
            "revision": lake.snapshot.revision,
            "reads": found.reads,
            "hourly": found.hourly,
            "fingerprint": fingerprint,
            "found_at": now,
            "seconds": found.seconds,
        }
        | ({} if elsewhere else {"announced": bitmap}),
    )
    moved = known is None or entered or left or known.as_of_on != day
    if moved and (before is None or not elsewhere):
        Evaluation.objects.create(
            version=version, at=now, as_of_on=day, size=len(found.people), entered=len(entered),
            left=len(left), seconds=found.seconds,
        )  # fmt: skip
    Trouble.objects.filter(segment=version.segment_id).delete()
    if before is not None and not elsewhere:
        announce(version.segment, entered=entered, left=left, now=now)


def _still_so(lake: Reading, segment: Segment, known: Membership) -> None:
    """Say of which moment the people are now known to be right."""
    if lake.snapshot.at - known.facts_at > PULSE:
        known.revision, known.facts_at = lake.snapshot.revision, lake.snapshot.at
        known.save(update_fields=["revision", "facts_at"])
    Trouble.objects.filter(segment=segment).delete()


def _note_unforeseen(segment: Segment, error: Exception, now: datetime) -> None:
    log.error("segment %s of %s: %s", segment.pk, segment.brand.slug, trace(error))
    _note_trouble(segment, describe(error), now)


def _note_trouble(segment: Segment, sentence: str, now: datetime) -> None:
    Trouble.objects.update_or_create(
        segment=segment,
        defaults={"sentence": sentence, "last_at": now},
        create_defaults={"sentence": sentence, "last_at": now, "since_at": now},
    )


def _fingerprint(
    lake: Reading,
    segment: Segment,
    day: date,
    now: datetime,
    reads: list[str],
    *,
    hourly: bool = False,
) -> str:
    """Return a word that is another as soon as facts, time or a definition are.

    A table of the lake that has the same version has the same rows.
    """
    versions = lake.snapshot.versions
    told = [
        ENGINE,
        sorted(versions_used(segment).items()),
        segment.brand.timezone,
        lake.snapshot.generation,
        {name: versions.get(name) for name in reads},
        day.isoformat(),
        now.strftime("%Y-%m-%d %H") if hourly else "",
        [_computed_told(segment.brand, day, name) for name in COMPUTED if name in reads],
        _lists_told(reads),
    ]
    return hashlib.blake2s(json.dumps(told).encode(), digest_size=16).hexdigest()


def _computed_told(brand: Brand, day: date, name: str) -> str:
    runs = COMPUTED[name]._default_manager.filter(brand=brand, as_of_on__lte=day)
    run = runs.order_by("-as_of_on").values_list("as_of_on", "fingerprint").first()
    return " ".join(map(str, run)) if run else ""


def _lists_told(reads: list[str]) -> list[str]:
    """Return when the lists of people that were read got the people they have."""
    numbers = [name.removeprefix(LIST) for name in reads if name.startswith(LIST)]
    if not numbers:
        return []
    told = PeopleList.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "made_at")
    return [f"{number} {made_at.isoformat()}" for number, made_at in told]
