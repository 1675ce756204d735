"""What ``regulars`` says of imports that are not at their end, and how they are finished."""

import json
from pathlib import Path

import pytest

from regulars.cli import import_work, metrics, verify
from regulars.cli.console import Refused
from regulars.cli.tests.test_imports import data, file, run
from regulars.cli.unfinished_imports import warn_of_unfinished
from regulars.identify.commerce.public import Order, Refund
from regulars.identify.intake.models import Import
from regulars.identify.intake.tests.half_way import NOBODY, held_by, left_by_a_kill
from regulars.identify.intake.tests.test_ending import FILE
from regulars.organization.public import Brand
from regulars.work.public import Task

__all__ = ["data"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def killed(data: Path, teahouse: Brand, monkeypatch: pytest.MonkeyPatch) -> Import:
    for module in ("unfinished_imports", "undo_import"):
        monkeypatch.setattr(f"regulars.cli.{module}.ensure_migrated", lambda: None)
        monkeypatch.setattr(f"regulars.cli.{module}.mirror_now", lambda: None)
    return left_by_a_kill(teahouse, FILE)


def test_the_list_says_that_it_broke_off_how_far_it_came_and_what_to_do(killed: Import) -> None:
    told = run("list", "--brand", "teahouse").stdout

    assert "broke off" in told.splitlines()[1]
    assert f"import {killed.pk} (file.csv) broke off: 1 orders, 1 customers, 1 products" in told
    assert f"`regulars import finish {killed.pk}`" in told
    [row] = json.loads(run("list", "--brand", "teahouse", "--json").stdout)
    assert (row["state"], row["written_so_far"]["orders"]) == ("broke off", 1)


def test_it_is_finished_by_its_number(killed: Import) -> None:
    told = run("finish", str(killed.pk), "--json")

    assert json.loads(told.stdout)["refunds"] == Refund.objects.count() == 1
    assert "from where it stopped" in told.stderr
    assert isinstance(run("finish", str(killed.pk)).exception, Refused)


def test_it_is_undone_by_its_number_and_a_second_time_says_that_it_was(killed: Import) -> None:
    assert "Undone" in run("undo", str(killed.pk)).stdout
    assert not Order.objects.exists()

    again = run("undo", str(killed.pk))

    assert isinstance(again.exception, Refused)
    assert "already: nothing is left to undo" in str(again.exception)


def test_another_process_that_brings_the_same_file_in_is_named_and_followed(
    killed: Import, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_by(killed, "elsewhere:0:1@1:alive", until=10)
    followed = import_work.run_task

    def after_its_end(task: Task, **watching: object) -> Task:
        held_by(killed, NOBODY, until=-1)
        return followed(task, **watching)  # type: ignore[arg-type]

    monkeypatch.setattr(import_work, "run_task", after_its_end)
    result = run("orders", file(data, "file.csv", FILE), "--brand", "teahouse")

    assert f"Import {killed.pk} brings this file in right now, in another process" in result.stderr
    assert "broke off" not in result.stderr
    assert "3 lines: 1 orders (1 new), 1 refunds (1 new)" in result.stdout


def test_a_dry_run_leaves_one_that_is_unfinished_alone(killed: Import, data: Path) -> None:
    before = Import.objects.values().get(pk=killed.pk)

    run("orders", file(data, "file.csv", FILE), "--brand", "teahouse", "--dry-run")

    assert Import.objects.values().get(pk=killed.pk) == before


def test_who_asks_for_figures_is_warned(
    killed: Import, teahouse: Brand, capsys: pytest.CaptureFixture[str]
) -> None:
    warn_of_unfinished(teahouse)

    assert f"Careful: import {killed.pk} (file.csv) broke off" in capsys.readouterr().err
    assert metrics.warn_of_unfinished is verify.warn_of_unfinished is warn_of_unfinished
