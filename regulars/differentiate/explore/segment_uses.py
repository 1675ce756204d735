"""Which saved questions are split by a segment, or narrowed to it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from regulars.differentiate.explore.dimensions.segment import PREFIX
from regulars.differentiate.explore.models import SavedQuestion
from regulars.differentiate.segments.public import Segment, Use, finds_uses


@finds_uses
def saved_questions_about(segment: Segment) -> Iterable[Use]:
    brand = segment.brand
    for saved in SavedQuestion.objects.filter(brand=brand).in_use().select_related("private_to"):
        if f"{PREFIX}{segment.pk}" not in saved.dimensions:
            continue
        if saved.private_to:
            yield Use(name=_("a question of %(person)s") % {"person": saved.private_to.name})
        else:
            url = reverse("explore:question", args=[brand.slug, saved.pk])
            yield Use(name=saved.name, url=url)
