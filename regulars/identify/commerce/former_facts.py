"""Forget what was kept of the time before an import."""

from regulars.identify.commerce.models import FormerLine, FormerOrder, FormerProduct


def forget_former_facts(*, import_id: int) -> None:
    """Forget what orders and products were before an import: it cannot be undone any more."""
    for model in (FormerLine, FormerOrder, FormerProduct):
        model.objects.filter(import_id=import_id).delete()
