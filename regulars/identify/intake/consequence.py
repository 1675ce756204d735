"""Say what undoing an import would do, before it is done."""

from dataclasses import dataclass

from regulars.identify.commerce.public import traces_of_import
from regulars.identify.customers.public import people_of_import
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.undoing import revisions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """How many rows would go, be put back as they were, or stay because they were changed since.

    Of ``customers`` and ``products`` those stay that something else needs; how many shows only when
    the orders are gone. ``confirmed_by`` counts later imports of the same kind: what they only
    confirmed goes, too.
    """

    orders: int
    refunds: int
    customers: int
    products: int
    changed_orders: int
    changed_customers: int
    changed_products: int
    kept_orders: int
    confirmed_by: int


def consequence_of_undo(imported: Import) -> Consequence:
    """Look at what the import left; takes a second or two for a million orders."""
    left = traces_of_import(
        brand=imported.brand, import_id=imported.pk, revisions=revisions_of(imported)
    )
    customers, profiles = people_of_import(import_id=imported.pk)
    return Consequence(
        orders=left.orders - left.orders_staying,
        refunds=left.refunds,
        customers=customers,
        products=left.products,
        changed_orders=left.changed_orders - left.changed_orders_staying,
        changed_customers=profiles,
        changed_products=left.changed_products,
        kept_orders=left.orders_staying + left.changed_orders_staying,
        confirmed_by=_later(imported),
    )


def _later(imported: Import) -> int:
    same = Import.objects.filter(brand=imported.brand, kind=imported.kind, pk__gt=imported.pk)
    return same.filter(state=ImportState.DONE).count()
