"""``regulars timeline``."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner, Result

from regulars.cli.console import Refused
from regulars.cli.timeline import app
from regulars.identify.timeline import readers
from regulars.identify.timeline.public import Event, Start, Touch, declare, kinds, reader, record
from regulars.work import rota

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def handed(monkeypatch, teahouse) -> list[int]:
    """What the reader "count" was handed; it fails on the first event while that list is empty."""
    monkeypatch.setattr(readers, "_readers", {})
    monkeypatch.setattr(rota, "_duties", {})
    handed: list[int] = []

    @reader("count", kinds=None, start=Start.FROM_THE_BEGINNING, replayable=True)
    def count(events: list[Event]) -> None:
        if not handed and len(events) == 1 and events[0].message_id == "bad":
            raise ValueError("bad")
        handed.extend(event.sequence for event in events)

    kind = kinds().get("Sample") or declare("Sample", "Sample")
    touch = {"brand_id": teahouse.pk, "customer_id": None, "kind": kind, "source": "test"}
    record([Touch(**touch, occurred_at=NOW, message_id="bad")], now=NOW)
    return handed


def test_reading_replaying_and_retrying(handed):
    run("read")
    assert handed == []
    state = json.loads(run("readers", "--json").output)
    assert [(row["reader"], row["waiting"], row["set_aside"]) for row in state] == [("count", 0, 1)]
    assert run("retry", "count").exit_code == 1
    handed.append(0)
    assert run("retry", "count").exit_code == 0
    assert len(handed) == 2
    assert run("replay", "count", "--from", "beginning").exit_code == 0
    run("read")
    assert len(handed) == 3


def test_a_moment_that_is_none_is_refused(handed):
    result = run("replay", "count", "--from", "yesterday")
    assert isinstance(result.exception, Refused)
