import pytest
import typer

from regulars.cli.days import read_day


@pytest.mark.parametrize("text", ["2025-13-01", "2025-02-30", "1.2.2025", "today", ""])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(typer.BadParameter, match=f"“{text}” is no day .* like 2026-01-31"):
        read_day(text)
