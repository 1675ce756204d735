"""Time and money may be counted in any unit, and are counted exactly."""

import numpy as np
import pytest

from regulars.differentiate.value import beta_geometric, gamma_gamma, pareto_nbd
from regulars.differentiate.value.summary import Summary
from regulars.differentiate.value.visits import Columns, read_visits

pytestmark = pytest.mark.once

SECONDS_A_WEEK = 7 * 86_400.0


def bought(people=800, seed=4):
    draw = np.random.default_rng(seed)
    t = draw.uniform(30, 90, people)
    rate, leaving = draw.gamma(0.8, 1 / 6.0, people), draw.gamma(0.7, 1 / 12.0, people)
    there = np.minimum(draw.exponential(1 / leaving), t)
    x = draw.poisson(rate * there)
    return x, np.where(x > 0, there * draw.beta(np.maximum(x, 1), 1), 0.0), t


@pytest.mark.parametrize("unit", [SECONDS_A_WEEK, 7 * 24.0, 1 / 520], ids=["s", "h", "decades"])
@pytest.mark.parametrize("model", ["bg-nbd", "mbg-nbd", "pareto-nbd"])
def test_time_in_seconds_gives_what_time_in_weeks_does(model, unit):
    """Where time is not scaled, a search says that it succeeded 181 log-units from the best."""
    x, t_x, t = bought()
    if model == "pareto-nbd":
        fits, measured = pareto_nbd.fit, (1, 3)
    else:
        modified = model == "mbg-nbd"
        fits, measured = lambda seen: beta_geometric.fit(seen, modified=modified), (1,)
    weeks, other = fits(Summary.of(x, t_x, t))[1], fits(Summary.of(x, t_x * unit, t * unit))[1]
    factor = np.array([unit if i in measured else 1.0 for i in range(4)])
    assert other.parameters / factor == pytest.approx(weeks.parameters, rel=1e-4)
    assert other.standard_errors / factor == pytest.approx(weeks.standard_errors, rel=1e-2)
    assert other.log_likelihood == pytest.approx(
        weeks.log_likelihood - x.sum() * np.log(unit), abs=1e-4
    )


@pytest.mark.parametrize("unit", [100.0, 1e-4, 1e6], ids=["pence", "ten thousands", "dong"])
def test_spending_in_pence_gives_what_pounds_do(unit):
    draw = np.random.default_rng(3)
    x = draw.integers(1, 9, 500)
    value = draw.gamma(6 * x, 15 / draw.gamma(3.7, 1, 500)) / x
    one, other = gamma_gamma.fit(x, value)[1], gamma_gamma.fit(x, value * unit)[1]
    assert other.parameters / [1, 1, unit] == pytest.approx(one.parameters, rel=1e-5)
    assert other.log_likelihood == pytest.approx(one.log_likelihood - 500 * np.log(unit))


def test_visits_within_a_week_are_not_rounded_away(tmp_path):
    """Rounded to whole weeks, 209 of the 2 457 repeats of CDNOW would be lost."""
    file = tmp_path / "log.csv"
    file.write_text("who,when\na,2024-01-01\na,2024-01-03\na,2024-01-03\nb,2024-01-01\n")
    seen = read_visits(file, Columns("who", "when"))
    assert seen.customer == ["a", "b"]
    assert seen.x.tolist() == [1, 0]
    assert seen.t_x.tolist() == [2 / 7, 0]
    assert seen.t.tolist() == [2 / 7, 2 / 7]
