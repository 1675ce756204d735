"""Find an import for a page."""

from django.http import Http404

from regulars.identify.intake.models import Import
from regulars.organization.public import Brand


def import_or_404(brand: Brand, number: int) -> Import:
    found = Import.objects.select_related("brand", "by").filter(brand=brand, pk=number).first()
    if found is None:
        raise Http404
    return found
