"""Run an import: stage the file, then write it part by part. It may break off and go on."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from regulars.identify.commerce.public import match_written
from regulars.identify.intake.counting import counts_of
from regulars.identify.intake.loading.orders import load_orders, load_refunds
from regulars.identify.intake.loading.people import load_people
from regulars.identify.intake.loading.products import load_products
from regulars.identify.intake.loading.steps import Done, once
from regulars.identify.intake.models import Import, ImportState, Phase
from regulars.identify.intake.preparation import prepare
from regulars.identify.intake.staging.store import staged
from regulars.lake.public import Workbench
from regulars.work.public import TaskControl


def run(imported: Import, *, control: TaskControl) -> None:
    """Bring everything in the file into the brand, each part once."""
    Import.objects.filter(pk=imported.pk).update(state=ImportState.RUNNING)
    now = timezone.now()

    def make(db: Workbench) -> None:
        reading = gettext_noop("Reading the file")
        prepare(db, imported, now=now, heard=lambda rows: control.progress(rows, None, reading))

    with staged(imported.folder, make=make) as db:
        load(db, imported, control=control, now=now)
        imported.counts = counts_of(db, imported)
    imported.state, imported.finished_at = ImportState.DONE, timezone.now()
    imported.save(update_fields=["counts", "state", "finished_at"])


def load(db: Workbench, imported: Import, *, control: TaskControl, now: datetime) -> None:
    load_products(db, imported, control=control)
    load_people(db, imported, control=control, now=now)
    load_orders(db, imported, control=control, now=now)
    load_refunds(db, imported, control=control, now=now)
    once(imported, Phase.MATCHES, 0, lambda r: _match(imported, r), control=control)


def _match(imported: Import, revision: int) -> Done:
    phases = [Phase.ORDERS, Phase.REFUNDS]
    revisions = imported.steps.filter(phase__in=phases).values_list("revision", flat=True)
    found = match_written(brand=imported.brand, revisions=list(revisions), revision=revision)
    return Done(counts={"matches": found})
