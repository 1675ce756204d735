from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pytest

from regulars.identify.timeline import kinds, readers
from regulars.identify.timeline.public import Event, Kind, Touch, declare, record
from regulars.work import rota

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_declared(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(readers, "_readers", {})
    monkeypatch.setattr(rota, "_duties", {})


@pytest.fixture
def waved() -> Kind:
    return declare("Waved", "Waved at {whom}")


@pytest.fixture
def happen(teahouse, waved) -> Callable[..., list[int]]:
    """Record so many events, numbered in their properties; return their sequences."""
    numbers = count(1)

    def happen(times: int = 1, *, kind: Kind = waved, **more) -> list[int]:
        mine = [next(numbers) for _ in range(times)]
        touches = [
            Touch(
                **{
                    "brand_id": teahouse.pk,
                    "customer_id": 1,
                    "kind": kind,
                    "occurred_at": NOW,
                    "source": "test",
                    "message_id": f"m{number}",
                    "properties": {"number": number, "whom": "Alice"},
                }
                | more
            )
            for number in mine
        ]
        record(touches, now=NOW)
        last = Event.objects.order_by("-sequence")[:times]
        return sorted(event.sequence for event in last)

    return happen
