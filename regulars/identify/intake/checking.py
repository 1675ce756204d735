"""A dry run: say what an import would do, and write nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from regulars.identify.intake.counting import staged_counts
from regulars.identify.intake.finishing import keep_rejects
from regulars.identify.intake.loading.branches import BRANCHES_IN, number_branches
from regulars.identify.intake.loading.orders import compare_step, steps_of
from regulars.identify.intake.loading.people import compare_people_step, people_steps
from regulars.identify.intake.loading.products import (
    compare_product_step,
    number_products,
    product_steps,
)
from regulars.identify.intake.loading.steps import Done
from regulars.identify.intake.loading.taken import COMPARING, taken_numbers
from regulars.identify.intake.models import Import, ImportKind, ImportState
from regulars.identify.intake.preparation import prepare
from regulars.identify.intake.staging.accepted import leave_out
from regulars.identify.intake.staging.store import staged
from regulars.lake.public import Workbench
from regulars.work.public import TaskControl


def check(imported: Import, *, control: TaskControl, now: datetime) -> None:
    """Stage the file and compare it with the brand's facts. Raises FileRefused."""

    def make(db: Workbench) -> None:
        prepare(db, imported, now=now, control=control)

    with staged(imported.folder, make=make) as db:
        leave_out(db, taken_numbers(db, imported, control=control))
        found: Counter[str] = Counter()
        for done in _compared(db, imported, control):
            found.update(done.counts)
        taken = keep_rejects(db, imported)
        imported.counts = {**staged_counts(db, imported, taken=taken), **found}
    imported.state, imported.problem = ImportState.CHECKED, {}
    imported.save(update_fields=["counts", "state", "problem"])


def _compared(db: Workbench, imported: Import, control: TaskControl) -> Iterator[Done]:
    if imported.kind == ImportKind.PRODUCTS:
        for step in product_steps(db):
            yield compare_product_step(db, imported, step)
        return
    number_branches(db, imported, tables=BRANCHES_IN[ImportKind(imported.kind)])
    for step, _ in people_steps(db):
        control.progress(0, None, COMPARING)
        yield compare_people_step(db, imported, step)
    if imported.kind == ImportKind.CUSTOMERS:
        return
    number_products(db, imported)
    yield _new_products(db)
    for table in ("purchase", "refund"):
        for portion in steps_of(db, table):
            control.progress(portion.upto, portion.total, COMPARING)
            yield compare_step(db, imported, table, portion.ordinal)


def _new_products(db: Workbench) -> Done:
    found = db.execute("SELECT count(*) FROM st.product ANTI JOIN product_id USING (sku)")
    (count,) = found.fetchone() or (0,)
    return Done(counts={"new_products": count})
