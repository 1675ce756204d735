"""After the last part is written: count, keep the refused rows, and clear up."""

import shutil

from regulars.identify.intake.counting import counts_of
from regulars.identify.intake.models import Import, Phase
from regulars.identify.intake.preparation import look_at
from regulars.identify.intake.reading.limits import limits
from regulars.identify.intake.reading.table import read_rows
from regulars.identify.intake.rejects import NAME
from regulars.identify.intake.staging.accepted import any_left_out, leave_out
from regulars.identify.intake.staging.refused import add_taken, begin_refused, write_refused
from regulars.identify.intake.staging.store import forget_staged
from regulars.lake.public import Workbench


def settle(db: Workbench, imported: Import) -> None:
    """Write the rejects and the counts of a run that is complete."""
    steps = imported.steps.exclude(refused=[])
    leave_out(db, [(n, step.phase == Phase.REFUNDS) for step in steps for n in step.refused])
    taken = keep_rejects(db, imported)
    imported.counts = counts_of(db, imported, taken=taken)


def clear_up(imported: Import) -> None:
    """Remove what only a running import needs; the file and the rejects stay."""
    forget_staged(imported.folder)
    for name in ("plain", "spill"):
        shutil.rmtree(imported.folder / name, ignore_errors=True)


def keep_rejects(db: Workbench, imported: Import) -> dict[str, int]:
    """Write the refused rows; return how many contradict what is known, by reason."""
    begin_refused(db)
    rows: dict[str, int] = {}
    if any_left_out(db):
        layout = look_at(imported)
        read_rows(db, layout, within=limits(), heard=lambda _: None)
        rows = add_taken(db, layout.columns)
    write_refused(db, imported.folder / NAME)
    return rows
