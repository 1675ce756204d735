"""Write who is in a segment into the lake, where lists and measures can be narrowed to it.

The bitmap in the database is what counts; this follows it.
"""

import numpy as np
import pyarrow as pa
from pyroaring import BitMap

from regulars.differentiate.metrics.public import SEGMENT_PEOPLE
from regulars.differentiate.segments.models import Membership, Segment
from regulars.lake.public import partitions, write_partition
from regulars.organization.public import Brand


def write_people(segment: Segment, people: BitMap) -> None:
    """Replace the people of a segment in the lake. Raises NeverMirrored."""
    numbers = np.asarray(people.to_array(), np.int32)
    write_partition(
        SEGMENT_PEOPLE,
        pa.table({"customer_id": pa.array(numbers, pa.int32())}),
        where={"brand_id": segment.brand_id, "segment": segment.pk},
    )


def write_lost_people(brand: Brand) -> None:
    """Write the people of those segments again whose rows the lake has lost."""
    written = {where["segment"] for where in partitions(SEGMENT_PEOPLE)}
    lost = [one for one in Segment.objects.of(brand).in_use() if one.pk not in written]
    for segment in lost:
        known = Membership.objects.filter(version=segment.current).exclude(size=0).first()
        if known is not None:
            write_people(segment, known.people)
