"""``regulars value`` on a file, as an analyst uses it."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from regulars.cli.value import app

SAMPLE = Path(__file__).resolve().parents[4] / "shared/data/cdnow/CDNOW_sample.txt"
COLUMNS = ("--customer", "2", "--date", "3", "--value", "5", "--calibration-end", "1997-09-30")
PUBLISHED = {
    "bg-nbd": ({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, -9_582.429),
    "mbg-nbd": ({"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}, -9_582.136),
    "pareto-nbd": ({"r": 0.553, "alpha": 10.577, "s": 0.606, "beta": 11.67}, -9_594.976),
    "gamma-gamma": ({"p": 6.25, "q": 3.74, "v": 15.44}, -4_055.918),
}


def said(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    assert result.exit_code == 0, result.exception or result.output
    return result.stdout


@pytest.mark.skipif(not SAMPLE.exists(), reason=f"{SAMPLE.name} is not there")
@pytest.mark.parametrize("model", PUBLISHED)
def test_the_published_figures_are_printed(model):
    told = json.loads(said("fit", SAMPLE, *COLUMNS, "--model", model, "--json"))
    parameters, log_likelihood = PUBLISHED[model]
    assert list(told["parameters"]) == list(parameters) == list(told["standard_errors"])
    assert told["parameters"] == pytest.approx(parameters, rel=2e-3)
    assert told["log_likelihood"] == pytest.approx(log_likelihood, abs=1e-3)
    assert (told["model"], len(told["holdout"])) == (model, 0 if model == "gamma-gamma" else 8)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Four hundred customers over two years; each has a rate and leaves at some time."""
    chance = np.random.default_rng(3)
    path = tmp_path_factory.mktemp("log") / "log.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("who", "when", "paid"))
        for who in range(400):
            born, rate = chance.integers(0, 300), chance.gamma(0.8, 0.05)
            spend = 1 / chance.gamma(5, 0.01)
            for day in np.flatnonzero(chance.random(730) < rate):
                if born <= day < born + chance.exponential(400) or day == born:
                    date = np.datetime64("2023-01-01") + int(day)
                    writer.writerow((who, date, round(chance.gamma(5, spend / 5), 2)))
    return path


def test_scores_of_every_model_are_written(log, tmp_path):
    named = ("--customer", "who", "--date", "when", "--value", "paid")
    for model in ("bg-nbd", "mbg-nbd", "pareto-nbd", "bg-bb"):
        out = tmp_path / f"{model}.csv"
        said("predict", log, *named, "--out", out, "--model", model)
        rows = list(csv.DictReader(out.read_text().splitlines()))
        alive = [float(row["alive"]) for row in rows]
        assert 0 <= min(alive) <= max(alive) <= 1
        assert all(float(row["expected_value"]) >= 0 for row in rows)


def test_what_cannot_be_told_is_refused_with_a_sentence(log, tmp_path):
    once = tmp_path / "once.csv"
    once.write_text("who,when\n1,2025-01-01\n2,2025-01-02\n")
    for arguments, sentence in (
        ((once, "--customer", "who", "--date", "when"), "Nobody came back yet"),
        ((once, "--customer", "nobody", "--date", "when"), "no column 'nobody'"),
        ((log, "--customer", "who", "--date", "when", "--model", "gamma-gamma"), "--value"),
    ):
        result = CliRunner().invoke(app, ["fit", *map(str, arguments)])
        assert result.exit_code
        assert sentence in str(result.exception)
