"""From an uploaded file to its staging tables."""

from datetime import datetime

from django.utils.translation import gettext_noop

from regulars.identify.intake.mapping.preset import Reading
from regulars.identify.intake.mapping.presets import PRESETS
from regulars.identify.intake.models import Import, ImportKind
from regulars.identify.intake.options import options_from
from regulars.identify.intake.reading.layout import Layout, layout_of
from regulars.identify.intake.reading.limits import limits
from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.reading.table import read_rows
from regulars.identify.intake.reading.unpacking import unpacked
from regulars.identify.intake.staging.customer_file import stage_customers
from regulars.identify.intake.staging.order_file import stage_orders
from regulars.identify.intake.staging.product_file import stage_products
from regulars.identify.intake.staging.refused import keep_refused
from regulars.identify.intake.staging.store import keep_facts
from regulars.identify.intake.staging.terms import Terms
from regulars.lake.public import Workbench
from regulars.work.public import TaskControl


def look_at(imported: Import) -> Layout:
    """Find the table in the file. Raises FileRefused."""
    within = limits()
    folder = imported.folder / "plain"
    plain, form = unpacked(imported.path, folder=folder, within=within)
    wishes = options_from(imported.options).wishes
    return layout_of(plain, form, folder=folder, wishes=wishes, within=within)


def prepare(db: Workbench, imported: Import, *, now: datetime, control: TaskControl) -> None:
    """Fill the staging tables ``st`` from the file. Raises FileRefused."""
    layout = look_at(imported)
    reading = gettext_noop("Reading the file")
    read = read_rows(
        db, layout, within=limits(), heard=lambda rows: control.progress(rows, None, reading)
    )
    if not read.rows:
        raise FileRefused(gettext_noop("The file has a header and no rows below it."))
    control.progress(read.rows, None, gettext_noop("Making sense of the rows"))
    _stage(db, imported, layout, terms_of(imported, layout, now=now))
    keep_refused(db, layout.columns)
    keep_facts(db, {"rows": read.rows, "columns": layout.columns})


def _stage(db: Workbench, imported: Import, layout: Layout, terms: Terms) -> None:
    told = {"columns": layout.columns, "mapping": imported.mapping, "terms": terms}
    if imported.kind == ImportKind.ORDERS:
        stage_orders(db, brand=imported.brand, **told)
    elif imported.kind == ImportKind.CUSTOMERS:
        stage_customers(db, brand=imported.brand, **told)
    else:
        stage_products(db, **told)


def terms_of(imported: Import, layout: Layout, *, now: datetime) -> Terms:
    brand = imported.brand
    options = options_from(imported.options)
    preset = PRESETS.get(imported.preset)
    return Terms(
        reading=preset.reading if preset else Reading(),
        currency=brand.currency,
        zone=options.zone(brand.zone),
        brand_zone=brand.zone,
        now=now,
        date_order=options.dates,
        mark=options.decimal,
        delimiter=layout.delimiter,
    )
