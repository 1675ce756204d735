"""Undo an import: take back what it made, put back what it changed. It may break off and go on."""

from collections import Counter
from datetime import datetime
from functools import partial

from django.db.models import F
from django.utils.translation import gettext_noop

from regulars.identify.commerce.public import traces_of_import
from regulars.identify.customers.public import people_of_import
from regulars.identify.intake.loading.steps import Done, once
from regulars.identify.intake.models import Import, ImportState, Phase, Step
from regulars.identify.intake.staging.store import forget_staged
from regulars.identify.intake.undo_phases import BACKWARD, UNDO_PHASES, Going, UndoPhase
from regulars.organization.public import remove_unused_branches
from regulars.work.public import TaskControl

ENDED = (ImportState.DONE, ImportState.UNDONE, ImportState.PARTLY, ImportState.UNDOING)
BEFORE_FACTS = (Phase.BRANCHES, Phase.PRODUCTS, Phase.PEOPLE)


def undo(imported: Import, *, control: TaskControl, now: datetime) -> None:
    """Make the brand's facts what they were before the import, each step once.

    What somebody changed since stays as it is, and is counted.
    """
    _let_others_begin_again(imported)
    revisions = revisions_of(imported)
    total = _left(imported, revisions) + _looked_at(imported)
    for back in UNDO_PHASES:
        _go_back(imported, back, revisions, total=total, control=control)
    _remove_branches(imported, control=control, now=now)
    imported.counts = {**imported.counts, "undo": _counts(imported)}
    imported.state, imported.undone_at, imported.problem = ImportState.UNDONE, now, {}
    imported.save(update_fields=["state", "counts", "undone_at", "problem"])


def revisions_of(imported: Import) -> list[int]:
    """Return the revisions under which the import wrote."""
    forward = imported.steps.exclude(phase__in=BACKWARD)
    return list(forward.values_list("revision", flat=True))


def _go_back(
    imported: Import, back: UndoPhase, revisions: list[int], *, total: int, control: TaskControl
) -> None:
    ordinal, after = _where_it_stopped(imported, back)
    while after is not None:
        control.progress(_looked_at(imported), total, back.doing)
        going = Going(imported=imported, revisions=revisions, after=after)
        once(imported, back.phase, ordinal, partial(back.step, going), control=control)
        ordinal, after = _where_it_stopped(imported, back)


def _where_it_stopped(imported: Import, back: UndoPhase) -> tuple[int, int | None]:
    """Return the ordinal of the next step back, and after which id it begins; None at the end."""
    last = imported.steps.filter(phase=back.phase).order_by("-ordinal").first()
    return (0, 0) if last is None else (last.ordinal + 1, last.upto or None)


def _remove_branches(imported: Import, *, control: TaskControl, now: datetime) -> None:
    steps = imported.steps.filter(phase=Phase.BRANCHES)
    made = [number for step in steps for number in step.made]

    def work(_: int) -> Done:
        gone = remove_unused_branches(imported.brand, ids=made, by=None, now=now)
        return Done(counts={"branches": gone, "kept_branches": len(made) - gone})

    if made:
        control.progress(0, None, gettext_noop("Taking back branches"))
        once(imported, Phase.BRANCHES_GONE, 0, work, control=control)


def _let_others_begin_again(imported: Import) -> None:
    """Imports not yet ended may count on people and products that go now.

    What they read is forgotten, and the parts before their orders are done again when they go on;
    the traces of what they did stay, below zero.
    """
    others = Import.objects.filter(brand=imported.brand_id).exclude(pk=imported.pk)
    unfinished = others.exclude(state__in=ENDED)
    done = Step.objects.filter(of__in=unfinished, phase__in=BEFORE_FACTS, ordinal__gte=0)
    done.update(ordinal=-F("pk"))
    for other in unfinished:
        forget_staged(other.folder)


def _left(imported: Import, revisions: list[int]) -> int:
    """Count the rows still to be looked at."""
    left = traces_of_import(brand=imported.brand, import_id=imported.pk, revisions=revisions)
    facts = left.refunds + left.orders + left.changed_orders
    people = people_of_import(import_id=imported.pk)
    return facts + left.products + left.changed_products + sum(people)


def _looked_at(imported: Import) -> int:
    return sum(_counts(imported).values())


def _counts(imported: Import) -> dict[str, int]:
    found: Counter[str] = Counter()
    for counts in imported.steps.filter(phase__in=BACKWARD).values_list("counts", flat=True):
        found.update(counts)
    return dict(found)
