"""``regulars verify``."""

import json

import pytest
from typer.testing import CliRunner, Result

from regulars.cli.console import Refused
from regulars.cli.verify import app
from regulars.identify.timeline.models import Cursor
from tests.people import NOW

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_an_empty_shop_is_in_order():
    result = run("--only", "timeline", "--json")
    assert result.exit_code == 0
    assert all(row["holds"] for row in json.loads(result.stdout))


def test_a_contradiction_is_shown_and_told_by_the_exit_code():
    Cursor.objects.create(reader="lost", sequence=1 << 60, moved_at=NOW)
    result = run("--only", "timeline", "--json")
    assert result.exit_code == 1
    (wrong,) = [row for row in json.loads(result.stdout) if not row["holds"]]
    assert wrong["claim"] == "timeline.cursors_stand_within"
    assert "lost" in wrong["findings"][0]


def test_a_person_is_told_what_was_proved_of_how_many(alice):
    told = run("--only", "customers").stdout
    assert "✓  Every event of a customer is of one who exists at its brand." in told
    assert "claims hold (customers 1, orders 0, refunds 0, events 0)." in told


def test_a_claim_nobody_makes_is_refused():
    assert isinstance(run("--only", "nobody").exception, Refused)
