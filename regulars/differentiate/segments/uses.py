"""What uses a segment, and would be left without it: other segments, and what the apps above keep.

An app above says what of its own uses a segment in a module ``segment_uses``, which is found by
itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.module_loading import autodiscover_modules

from regulars.differentiate.segments.models import Segment, SegmentVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Something that uses a segment; without ``url`` where not everybody may see it."""

    name: str
    url: str = ""


Finder = Callable[[Segment], Iterable[Use]]
_finders: list[Finder] = []


def finds_uses(finder: Finder) -> Finder:
    """Make known what else uses segments."""
    _finders.append(finder)
    return finder


def uses_of(segment: Segment) -> list[Use]:
    """Return everything in use that a segment is a part of."""
    _discover()
    return [use for finder in _finders for use in finder(segment)]


def used_by(segment: Segment) -> list[Segment]:
    """Return the segments in use whose newest versions name this one."""
    versions = SegmentVersion.objects.newest().filter(references__named=segment)
    return list(Segment.objects.in_use().filter(versions__in=versions).distinct())


@finds_uses
def _segments_naming(segment: Segment) -> Iterable[Use]:
    for user in used_by(segment):
        url = reverse("segments:segment", args=[segment.brand.slug, user.pk])
        yield Use(name=user.name, url=url)


@cache
def _discover() -> None:
    autodiscover_modules("segment_uses")
