"""Which segments ask about a field that staff defined."""

from collections.abc import Iterable

from django.urls import reverse

from regulars.differentiate.segments.list_uses import asked_about
from regulars.differentiate.segments.models import Segment, SegmentVersion
from regulars.identify.customers.public import Field, FieldUse, finds_field_uses

FAMILY = "field"


@finds_field_uses
def segments_about(field: Field) -> Iterable[FieldUse]:
    in_use = Segment.objects.of(field.brand).in_use()
    newest = SegmentVersion.objects.newest().filter(segment__in=in_use)
    for version in newest.select_related("segment").order_by("segment__name"):
        if field.key in asked_about(version, FAMILY):
            url = reverse("segments:segment", args=[field.brand.slug, version.segment_id])
            yield FieldUse(name=version.segment.name, url=url)
