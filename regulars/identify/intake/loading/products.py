"""Write the products of a staged file."""

from functools import partial

import pyarrow as pa
from django.utils.translation import gettext_noop

from regulars.identify.commerce.public import (
    Product,
    Written,
    adopt_common_rules,
    compare_products,
    make_products,
    record_products,
)
from regulars.identify.intake.loading.steps import Done, once
from regulars.identify.intake.models import Import, ImportKind, Phase
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench
from regulars.work.public import TaskControl

_COLUMNS = {
    "sku": "text", "name": "text", "maker": "text", "category": "text", "kind": "text",
    "price_minor": "bigint", "cost_minor": "bigint",
}  # fmt: skip


def load_products(db: Workbench, imported: Import, *, control: TaskControl) -> None:
    """Make the products that are new; a product file also changes known ones."""
    steps = product_steps(db)
    for done, step in enumerate(steps, start=1):
        work = partial(_write, db=db, imported=imported, step=step)
        once(imported, Phase.PRODUCTS, step, work, control=control)
        control.progress(done, len(steps), gettext_noop("Writing products"))


def product_steps(db: Workbench) -> list[int]:
    found = db.execute("SELECT DISTINCT step FROM st.product ORDER BY step").fetchall()
    return [step for (step,) in found]


def _write(revision: int, *, db: Workbench, imported: Import, step: int) -> Done:
    brand = imported.brand
    adopt_common_rules(brand=brand)
    with temporary(db, "intake_product", _COLUMNS, _told(step)) as table:
        if imported.kind == ImportKind.PRODUCTS:
            written = record_products(
                brand=brand, products=table, import_id=imported.pk, revision=revision
            )
            return counted(written)
        made = make_products(brand=brand, products=table, import_id=imported.pk, revision=revision)
    return Done(counts={"new_products": made})


def compare_product_step(db: Workbench, imported: Import, step: int) -> Done:
    """Say what writing a step of a product file would do."""
    with temporary(db, "intake_product", _COLUMNS, _told(step)) as table:
        return counted(compare_products(brand=imported.brand, products=table))


def counted(written: Written) -> Done:
    return Done(
        counts={
            "new_products": written.new,
            "changed_products": written.changed,
            "unchanged_products": written.unchanged,
        }
    )


def _told(step: int) -> str:
    return f"(SELECT * FROM st.product WHERE step = {step} ORDER BY sku)"  # noqa: S608


def number_products(db: Workbench, imported: Import) -> None:
    """Make ``product_id`` (sku, product_id) of all products of the brand, in DuckDB."""
    found = list(Product.objects.filter(brand=imported.brand).values_list("sku", "pk"))
    rows = pa.table(
        {
            "sku": pa.array([sku for sku, _ in found], pa.string()),
            "product_id": pa.array([number for _, number in found], pa.int64()),
        }
    )
    db.register("incoming", rows)
    db.execute("CREATE OR REPLACE TABLE product_id AS SELECT * FROM incoming")
    db.unregister("incoming")
