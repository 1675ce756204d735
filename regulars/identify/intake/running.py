"""Run an import: stage the file, then write it part by part. It may break off and go on."""

from datetime import datetime

from regulars.identify.intake.finishing import clear_up, settle
from regulars.identify.intake.loading.branches import BRANCHES_IN, load_branches
from regulars.identify.intake.loading.orders import load_orders, load_refunds
from regulars.identify.intake.loading.people import load_people
from regulars.identify.intake.loading.products import load_products, number_products
from regulars.identify.intake.loading.taken import taken_numbers
from regulars.identify.intake.models import Import, ImportKind, ImportState
from regulars.identify.intake.preparation import prepare
from regulars.identify.intake.staging.accepted import leave_out
from regulars.identify.intake.staging.store import staged
from regulars.lake.public import Workbench
from regulars.work.public import TaskControl


def run(imported: Import, *, control: TaskControl, now: datetime) -> None:
    """Bring everything in the file into the brand, each part once. Raises FileRefused."""

    def make(db: Workbench) -> None:
        prepare(db, imported, now=now, control=control)

    with staged(imported.folder, make=make) as db:
        leave_out(db, taken_numbers(db, imported, control=control))
        load(db, imported, control=control, now=now)
        settle(db, imported)
    imported.state, imported.problem, imported.finished_at = ImportState.DONE, {}, now
    imported.save(update_fields=["state", "problem", "counts", "finished_at"])
    clear_up(imported)


def load(db: Workbench, imported: Import, *, control: TaskControl, now: datetime) -> None:
    """Write the staged file; what is written already is passed over."""
    if imported.kind == ImportKind.PRODUCTS:
        load_products(db, imported, control=control)
        return
    tables = BRANCHES_IN[ImportKind(imported.kind)]
    load_branches(db, imported, tables=tables, control=control, now=now)
    if imported.kind == ImportKind.CUSTOMERS:
        load_people(db, imported, control=control, now=now)
        return
    load_products(db, imported, control=control)
    number_products(db, imported)
    load_people(db, imported, control=control, now=now)
    load_orders(db, imported, control=control, now=now)
    load_refunds(db, imported, control=control, now=now)
