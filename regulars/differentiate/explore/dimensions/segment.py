"""Whether the customer is in a segment, as its people were last found."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.explore.dimension import Dimension
from regulars.differentiate.explore.grains import About
from regulars.differentiate.explore.scope import Scope
from regulars.differentiate.segments.public import Membership, Segment, SegmentVersion
from regulars.organization.public import Brand

if TYPE_CHECKING:
    import ibis

PREFIX, IN, OUT = "segment.", "in", "out"


def segment_dimensions(brand: Brand) -> Iterator[Dimension]:
    """Return a dimension for each segment in use whose people have been found."""
    newest = SegmentVersion.objects.newest().filter(
        segment__in=Segment.objects.of(brand).in_use(), membership__isnull=False
    )
    for version in newest.select_related("segment").order_by("segment__name"):
        yield Dimension(
            key=f"{PREFIX}{version.segment_id}",
            label=version.segment.name,
            sentence=gettext_lazy("Whether the customer is in this segment, as last found."),
            about=About.CUSTOMER,
            column=_membership(version.pk),
            group=gettext_lazy("Segments"),
            in_order=True,
            words=_words,
            every=(IN, OUT),
        )


def _membership(version_id: int) -> Callable[["ibis.Table", Scope], "ibis.Value"]:
    def read(people: "ibis.Table", _scope: Scope) -> "ibis.Value":
        import ibis
        import pyarrow as pa

        found = Membership.objects.filter(version_id=version_id).first()
        numbers = pa.array(found.people if found else [], pa.int32())
        members = ibis.memtable(pa.table({"member": numbers}))
        return people.customer_id.isin(members.member).ifelse(IN, OUT)

    return read


def _words(_brand: Brand, _values: Collection[str]) -> Mapping[str, str]:
    return {IN: _("in the segment"), OUT: _("not in the segment")}
