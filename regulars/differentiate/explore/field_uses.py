"""Which saved questions are split by a field that staff defined, or narrowed to its values."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from regulars.differentiate.explore.dimensions.fields import PREFIX
from regulars.differentiate.explore.models import SavedQuestion
from regulars.identify.customers.public import Field, FieldUse, finds_field_uses


@finds_field_uses
def saved_questions_by(field: Field) -> Iterable[FieldUse]:
    brand = field.brand
    for saved in SavedQuestion.objects.filter(brand=brand).in_use().select_related("private_to"):
        if f"{PREFIX}{field.key}" in saved.dimensions:
            url = reverse("explore:question", args=[brand.slug, saved.pk])
            whose = saved.private_to
            name = _("a question of %(person)s") % {"person": whose.name} if whose else saved.name
            yield FieldUse(name=name, url="" if whose else url)
