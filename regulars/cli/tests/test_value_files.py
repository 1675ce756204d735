"""``regulars value`` on files that are not what one hopes for: a sentence, and what would help."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from regulars.cli.value import app

pytestmark = pytest.mark.once

FIRST = date(2023, 1, 1)


def rows(*days: str, people: int = 30, paid: str = "5") -> list[str]:
    return [f"{who},{day},{paid}" for who in range(people) for day in days]


def told(tmp_path: Path, lines: list[str] | bytes, *more: str) -> Result:
    file = tmp_path / "log.csv"
    written = lines if isinstance(lines, bytes) else "\n".join(["who,when,paid", *lines]).encode()
    file.write_bytes(written)
    named = ("--customer", "who", "--date", "when", "--value", "paid")
    return CliRunner().invoke(app, ["fit", str(file), *named, *more])


def refused(result: Result) -> str:
    assert result.exit_code == 1
    assert type(result.exception).__name__ in {"Refused", "SystemExit"}, result.exception
    return str(result.exception)


REFUSED = {
    "one customer": (["1,2024-01-01,5", "1,2024-02-01,5"], "customers who came back are 1"),
    "one day": (rows("2024-01-01"), "Nobody came back yet"),
    "the same two days": (rows("2024-01-01", "2024-01-02"), "came on the last day"),
    "every week": (
        rows(*(str(FIRST + timedelta(weeks=n)) for n in range(20))),
        "none is seen to stay away",
    ),
    "no rows": ([], "The file holds no visit"),
    "returns alone": (rows("2024-01-01", "2024-02-01", paid="-5"), "The file holds no visit"),
    "nobody named": ([",2024-01-01,5", ",2024-02-01,5"], "The file holds no visit"),
    "a sign": (rows("2024-01-01", paid="£5"), "such as '£5'"),
    "thousands": (rows("2024-01-01", paid='"1,250.5"'), "such as '1,250.5'"),
    "not a number": (rows("2024-01-01", paid="nan"), "such as 'nan'"),
    "no amount": (rows("2024-01-01", paid=""), "such as an empty cell"),
    "seconds": (rows("1700000000"), "such as '1700000000'"),
    "two forms": (rows("2024-01-05", "5.2.2024"), "such as '5.2.2024'"),
    "the day or the month": (rows("03/04/2024", "01/02/2024"), "the day may come first or"),
    "to come": (rows("2024-01-01", "9999-12-31"), "such as '9999-12-31'"),
    "long ago": (rows("2024-01-01", "0001-01-01"), "such as '0001-01-01'"),
    "a short row": (["1,2024-01-01,5", "2,2024-01-02"], "Line 3"),
    "a long row": (["1,2024-01-01,5,6,7"], "Line 2"),
    "other letters": ("who,when,paid\né,2024-01-01,5\n".encode("latin-1"), "UTF-8"),
    "no text": (bytes(range(256)) * 40, "UTF-8"),
    "no column": (b"who,day,paid\n1,2024-01-01,5\n", "Its columns are: who, day, paid"),
    "one column of a name": (b"who,who,when\n1,2,2024-01-01\n", "who, who_2, when"),
    "nothing": (b"", "is empty"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_hostile_file_is_refused_with_a_sentence(tmp_path, kind):
    lines, sentence = REFUSED[kind]
    assert sentence in refused(told(tmp_path, lines))


def drawn(form: str = "%Y-%m-%d", *, tail: str = "", alike: bool = False) -> list[str]:
    """Purchases of two years; ``alike``: all leave after one in five, however they are."""
    chance = np.random.default_rng(5)
    lines = []
    for who in range(400):
        day, rate = float(chance.integers(0, 400)), chance.gamma(0.8, 0.15)
        leaves = 0.2 if alike else chance.beta(0.6, 2.0)
        while day < 730:
            lines.append(f"{who},{FIRST + timedelta(days=int(day)):{form}}{tail},5")
            if chance.random() < leaves:
                break
            day += 1 + chance.exponential(1 / rate)
    return lines


def figures(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.exception
    return dict(json.loads(result.stdout))


def test_days_are_read_in_the_form_that_fits_all_rows(tmp_path):
    plain = figures(told(tmp_path, drawn(), "--json"))["parameters"]
    for form, tail, more in (
        ("%d.%m.%Y", "", ()),
        ("%m/%d/%Y", "", ()),
        ("%d/%m/%Y", "", ("--date-format", "%d/%m/%Y")),
        ("%d %b %Y", "", ("--date-format", "%d %b %Y")),
        ("%Y-%m-%d", "T23:59:59.123Z", ()),
        ("%Y/%m/%d", " 09:05+08:00", ()),
        ("%Y年%m月%d日", "", ()),
    ):
        again = figures(told(tmp_path, drawn(form, tail=tail), *more, "--json"))
        assert again["parameters"] == plain, form
    assert "is no form of a day" in refused(told(tmp_path, drawn(), "--date-format", "%Q"))


def test_where_all_leave_with_the_same_chance_it_is_said_and_used(tmp_path):
    found = figures(told(tmp_path, drawn(alike=True), "--model", "mbg-nbd", "--json"))
    parameters = found["parameters"]
    assert parameters["a"] / (parameters["a"] + parameters["b"]) == pytest.approx(0.2, abs=0.03)
    if found["notes"]:
        assert "alike in when they leave" in found["notes"][0]
    ahead = tmp_path / "scores.csv"
    named = ("--customer", "who", "--date", "when", "--out", str(ahead), "--model", "mbg-nbd")
    assert CliRunner().invoke(app, ["predict", str(tmp_path / "log.csv"), *named]).exit_code == 0
    expected = [
        float(row["expected_purchases"]) for row in csv.DictReader(ahead.read_text().splitlines())
    ]
    assert np.isfinite(expected).all()


def test_somebody_who_comes_every_day_for_eight_years_overflows_nothing(tmp_path):
    daily = [f"staff,{date(2015, 1, 1) + timedelta(days=n)},5" for n in range(3_001)]
    for model in ("bg-nbd", "mbg-nbd"):
        found = figures(told(tmp_path, [*daily, *drawn()], "--model", model, "--json"))
        assert np.isfinite(list(found["standard_errors"].values())).all()
    assert figures(told(tmp_path, [*daily, *drawn()], "--model", "gamma-gamma", "--json"))
