"""One opening of the lake for all that is asked in turn."""

from datetime import date

import pyarrow as pa
import pytest

from regulars.lake import reading as lake_reading
from regulars.lake.public import (
    catch_up,
    reading,
    reading_once,
    write_partition,
)

WHERE = {"brand_id": 1, "as_of": date(2026, 3, 1)}


@pytest.fixture
def opened(lake, monkeypatch):
    """The openings of the lake, one entry each."""
    catch_up()
    opened = []
    open_it = lake_reading._views
    monkeypatch.setattr(lake_reading, "_views", lambda: opened.append(1) or open_it())
    return opened


def people() -> list[int]:
    with reading() as lake:
        found: list[int] = lake.computed("people").customer_id.to_pyarrow().to_pylist()
    return found


def write(*numbers: int) -> None:
    write_partition("people", pa.table({"customer_id": pa.array(numbers, pa.int32())}), where=WHERE)


def test_what_is_asked_in_turn_is_asked_of_one_opening(opened):
    write(1)
    with reading_once(), reading_once():
        assert people() == people() == [1]
    assert len(opened) == 1
    assert people() == [1]
    assert len(opened) == 2


def test_one_sees_what_one_has_written_meanwhile(opened):
    write(1)
    with reading_once():
        assert people() == [1]
        write(1, 2)
        assert sorted(people()) == [1, 2]
    assert len(opened) == 2


def test_what_was_given_a_state_is_asked_of_that(opened):
    with reading_once(), reading() as one, reading(snapshot=one.snapshot) as other:
        assert one is not other
