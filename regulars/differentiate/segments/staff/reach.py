"""Whom of a segment a member of staff may see: everybody, or those at home in their branches."""

from pyroaring import BitMap

from regulars.differentiate.segments.asking import people_at
from regulars.lake.public import NeverMirrored
from regulars.organization.public import Access


def among_for(access: Access) -> BitMap | None:
    """Return the people a person may count; None for everybody."""
    try:
        return people_at(brand=access.brand, branch_ids=access.branch_ids)
    except NeverMirrored:
        return BitMap()
