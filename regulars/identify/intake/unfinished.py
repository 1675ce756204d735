"""Imports that have not come to their end: what they wrote counts, and the rest is missing."""

from dataclasses import dataclass
from enum import StrEnum

from regulars.identify.intake.counting import written_so_far
from regulars.identify.intake.ending import BROKE_OFF
from regulars.identify.intake.models import UNFINISHED, Import, ImportState
from regulars.identify.intake.starting import latest_work
from regulars.organization.public import Brand
from regulars.work.public import TaskState, is_held

BACK = (ImportState.UNDOING, ImportState.PARTLY)


class Standing(StrEnum):
    """How it stands with an import that is not at its end."""

    WAITING = "waiting"
    RUNNING = "running"
    BROKE_OFF = "broke off"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """An import that has not come to its end; ``undoing`` says that it was on the way back.

    ``written`` counts what it has brought in so far.
    """

    imported: Import
    standing: Standing
    undoing: bool
    written: dict[str, int]

    @property
    def left_alone(self) -> bool:
        """Nobody is at work on it."""
        return self.standing in (Standing.BROKE_OFF, Standing.CANCELLED)

    @property
    def harmless(self) -> bool:
        """Nobody is at work on it, and it wrote nothing that would count."""
        return self.left_alone and not any(self.written.values())


def unfinished_imports(*, brand: Brand) -> list[Unfinished]:
    """Return the imports of a brand that wait, run, or were left half-way, the last first."""
    found = Import.objects.filter(brand=brand, state__in=UNFINISHED, forgotten_at=None)
    rows = found.select_related("brand").order_by("-pk")
    return [
        Unfinished(
            imported=imported,
            standing=standing,
            undoing=imported.state in BACK,
            written=written_so_far(imported),
        )
        for imported in rows
        if (standing := standing_of(imported)) is not None
    ]


def standing_of(imported: Import) -> Standing | None:
    """Say how it stands with an import; None of one that is at its end, or has not begun."""
    if imported.state == ImportState.CANCELLED:
        return Standing.CANCELLED
    if imported.state == ImportState.FAILED:
        return Standing.BROKE_OFF if imported.problem.get("kind") == BROKE_OFF else None
    if imported.state not in UNFINISHED:
        return None
    task = latest_work(imported)
    if task is None or not task.is_open:
        return Standing.BROKE_OFF
    if task.state == TaskState.QUEUED:
        return Standing.WAITING
    return Standing.RUNNING if is_held(task) else Standing.BROKE_OFF
