"""Do each part of an import once, whatever happens: its trace is committed with its effects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from regulars.identify.intake.models import Import, Phase, Step
from regulars.lake.public import next_revision
from regulars.work.public import TaskControl


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a part did: counts to be added up, the numbers it had to refuse, and as Step says."""

    counts: Mapping[str, int]
    refused: list[str] = field(default_factory=list)
    made: list[int] = field(default_factory=list)
    upto: int = 0


def once(
    imported: Import,
    phase: Phase,
    ordinal: int,
    work: Callable[[int], Done],
    *,
    control: TaskControl,
) -> None:
    """Do the work, given a revision, in one transaction, unless it is done already."""
    if Step.objects.filter(of=imported, phase=phase, ordinal=ordinal).exists():
        return
    with transaction.atomic():
        control.fence()
        revision = next_revision()
        done = work(revision)
        Step.objects.create(
            of=imported,
            phase=phase,
            ordinal=ordinal,
            revision=revision,
            counts=dict(done.counts),
            refused=done.refused,
            made=done.made,
            upto=done.upto,
        )
