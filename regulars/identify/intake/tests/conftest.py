"""Bring files in, as the command line does."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from regulars.identify.intake.models import Import, ImportKind
from regulars.identify.intake.public import (
    Options,
    Wishes,
    choose_columns,
    confirm_columns,
    receive,
    start_check,
    start_import,
)
from regulars.organization.public import Brand
from regulars.work.public import TaskState, run_task

BringIn = Callable[..., Import]


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Any) -> None:
    settings.REGULARS_DATA = tmp_path


def take_in(
    brand: Brand,
    file: str | bytes,
    *,
    kind: ImportKind = ImportKind.ORDERS,
    name: str = "file.csv",
    preset: str = "",
    mapping: dict[str, str] | None = None,
    wishes: dict[str, str] | None = None,
    **said: Any,
) -> Import:
    """Receive a file and settle its columns."""
    told = Options(wishes=Wishes(**wishes or {}), **said)
    content = file.encode() if isinstance(file, str) else file
    imported = receive(
        io.BytesIO(content), brand=brand, kind=kind, name=name, by=None, now=timezone.now()
    )
    layout = choose_columns(imported, preset=preset, mapping=mapping, options=told)
    confirm_columns(imported, layout)
    return imported


def work(imported: Import, *, dry: bool = False) -> Import:
    """Run it, or only check it, to the end."""
    start = start_check if dry else start_import
    task = run_task(start(imported, by=None, now=timezone.now()))
    assert task.state == TaskState.DONE, task.error
    imported.refresh_from_db()
    return imported


@pytest.fixture
def bring_in(teahouse: Brand) -> BringIn:
    """Bring a file into the teahouse, or only check it, and return the import when it is done."""

    def bring(
        file: str | bytes, *, brand: Brand = teahouse, dry: bool = False, **how: Any
    ) -> Import:
        return work(take_in(brand, file, **how), dry=dry)

    return bring
