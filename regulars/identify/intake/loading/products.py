"""Write the products of a staged file."""

import pyarrow as pa

from regulars.identify.commerce.public import Product, adopt_common_rules, make_products
from regulars.identify.intake.loading.steps import Done, once
from regulars.identify.intake.models import Import, Phase
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench
from regulars.work.public import TaskControl

_COLUMNS = {"sku": "text", "name": "text", "maker": "text", "category": "text"}


def load_products(db: Workbench, imported: Import, *, control: TaskControl) -> None:
    """Make the products that are new, then ``product_id`` (sku, product_id) in DuckDB."""

    def work(revision: int) -> Done:
        adopt_common_rules(brand=imported.brand)
        with temporary(db, "intake_product", _COLUMNS, "st.product") as table:
            made = make_products(
                brand=imported.brand, products=table, import_id=imported.pk, revision=revision
            )
        return Done(counts={"new_products": made})

    once(imported, Phase.PRODUCTS, 0, work, control=control)
    number_products(db, imported)


def number_products(db: Workbench, imported: Import) -> None:
    """Make ``product_id`` of all products of the brand."""
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
