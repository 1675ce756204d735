"""Find imports again."""

from regulars.identify.intake.models import Import
from regulars.organization.public import Brand

SHOWN = 50


def latest_imports(*, brand: Brand) -> list[Import]:
    """Return the latest imports of a brand, the last first, fifty at most."""
    found = Import.objects.filter(brand=brand).select_related("brand", "by").order_by("-pk")
    return list(found[:SHOWN])


def import_numbered(number: int) -> Import | None:
    """Return the import of this number, or None."""
    return Import.objects.select_related("brand").filter(pk=number).first()
