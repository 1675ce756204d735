import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from typer.testing import CliRunner

from regulars.cli import main as main_module
from regulars.cli.console import Refused
from regulars.cli.preparing import ensure_migrated
from regulars.cli.words import WORDS


def run(monkeypatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["regulars", *words])
    try:
        main_module.main()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_every_command_explains_itself(db):
    said = CliRunner().invoke(main_module.commands(), ["--help"])
    assert said.exit_code == 0
    for word in WORDS:
        assert word in said.output


def test_the_list_says_of_a_command_what_it_says_of_itself(db):
    ready = CliRunner().invoke(main_module.commands(), ["--help"], terminal_width=300)
    described = CliRunner().invoke(main_module.commands(ready=()), ["--help"], terminal_width=300)
    assert described.output == ready.output


def test_the_version_is_told_without_loading_anything():
    asked = """
import sys
sys.argv[1:] = ["--version"]
from regulars.cli.main import main
main()
print("django.db.models" in sys.modules)
"""
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("regulars 0.")
    assert done.stdout.endswith("False\n")


@pytest.mark.parametrize(
    "words", [("serve",), ("metrics",), ("import", "orders"), ("value", "fit")]
)
def test_the_help_says_what_an_option_takes(db, monkeypatch, capsys, words):
    assert run(monkeypatch, *words, "--help") == 0
    said = capsys.readouterr().out
    assert not re.search(r"<(bool|str|int|float|%Y)", said.partition("Options")[2])


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_refused():
    MigrationRecorder.Migration.objects.create(app="timeline", name="9999_from_the_future")
    with pytest.raises(Refused, match="newer version of Regulars"):
        ensure_migrated()


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_brought_up_to_date(capsys):
    call_command("migrate", "work", "0001", verbosity=0)
    ensure_migrated()
    assert "Preparing the database" in capsys.readouterr().err
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM work_dutyrecord")
    ensure_migrated()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T09:30:00+02:00", datetime(2026, 3, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_moments_are_read_in_utc_unless_they_say_otherwise(words, moment, db):
    from regulars.cli.timeline import _moment

    assert _moment(words) == moment
