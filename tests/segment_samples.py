"""A segment for the URLs that hold one."""

from django.utils import timezone

from regulars.differentiate.segments.public import Segment, make_segment
from regulars.organization.public import Branch, Brand
from tests.samples import OBJECTS


def a_segment(brand: Brand, branch: Branch) -> int:
    tree = {"version": 1, "match": {"condition": "profile", "about": "age", "is": "known"}}
    name = f"Of age {branch.pk}.{Segment.objects.count()}"
    return make_segment(brand=brand, name=name, tree=tree, by=None, now=timezone.now()).pk


OBJECTS["segment"] = a_segment
