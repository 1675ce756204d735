"""Imports that were left half-way, as a failure or a kill leaves them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from regulars.identify.intake.loading import orders as loading
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.public import start_import
from regulars.identify.intake.tests.conftest import take_in
from regulars.organization.public import Brand
from regulars.work.public import Task, run_task

NOBODY = "nowhere:0:1@1:dead"


def left_by_a_failure(brand: Brand, file: str) -> Import:
    """An import that broke off after its orders, and before its refunds."""
    imported = take_in(brand, file)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(loading, "record_refunds", fail)
        run_task(start_import(imported, by=None, now=timezone.now()))
    imported.refresh_from_db()
    return imported


def left_by_a_kill(brand: Brand, file: str) -> Import:
    """The same, and nobody could write down that it broke off."""
    imported = left_by_a_failure(brand, file)
    Import.objects.filter(pk=imported.pk).update(state=ImportState.RUNNING, problem={})
    held_by(imported, NOBODY, until=-1)
    imported.refresh_from_db()
    return imported


def held_by(imported: Import, holder: str, *, until: float) -> None:
    """Let somebody hold its task, for so many minutes from now."""
    expires_at = timezone.now() + timedelta(minutes=until)
    Task.objects.filter(subject_id=imported.pk, kind="import").update(
        state="running", holder=holder, expires_at=expires_at, finished_at=None, error=""
    )


def fail(*_args: object, **_named: object) -> None:
    raise RuntimeError("the power went")
