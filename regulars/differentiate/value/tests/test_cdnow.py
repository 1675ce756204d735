"""Fits on the CDNOW sample, which lies beside the repository on some machines."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from regulars.differentiate.value import beta_geometric, gamma_gamma, pareto_nbd
from regulars.differentiate.value.summary import Summary

SAMPLE = Path(__file__).resolve().parents[5] / "shared/data/cdnow/CDNOW_sample.txt"
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not SAMPLE.exists(), reason=f"{SAMPLE.name} is not there"),
]
END = pd.Timestamp("1997-09-30")


@pytest.fixture(scope="module")
def visits():
    columns = ["master", "customer", "day", "discs", "dollars"]
    log = pd.read_csv(SAMPLE, sep=r"\s+", header=None, names=columns, dtype={"day": str})
    log["day"] = pd.to_datetime(log["day"], format="%Y%m%d")
    return log.groupby(["customer", "day"]).dollars.sum().reset_index()


@pytest.fixture(scope="module")
def customers(visits):
    known = visits[visits.day <= END]
    of = known.groupby("customer").day.agg(["min", "max", "size"])
    repeat = known[known.day != known.customer.map(of["min"])]
    return pd.DataFrame(
        {
            "x": of["size"] - 1.0,
            "t_x": (of["max"] - of["min"]).dt.days / 7,
            "t": (END - of["min"]).dt.days / 7,
            "value": repeat.groupby("customer").dollars.mean().reindex(of.index).fillna(0.0),
            "later": visits[visits.day > END]
            .groupby("customer")
            .size()
            .reindex(of.index)
            .fillna(0),
        }
    )


@pytest.fixture(scope="module")
def summary(customers):
    return Summary.of(customers.x, customers.t_x, customers.t)


def test_the_summary_is_that_of_the_paper(visits, customers):
    assert (len(visits), len(customers)) == (6_696, 2_357)
    assert (customers.x.sum(), (customers.x > 0).sum(), customers.x.max()) == (2_457, 946, 29)
    assert customers.later.sum() == 1_882


def test_bg_nbd(summary):
    model, fit = beta_geometric.fit(summary)
    assert model.parameters == pytest.approx([0.2425945, 4.4136019, 0.7929199, 2.4258881], rel=5e-5)
    assert fit.log_likelihood == pytest.approx(-9_582.429, abs=1e-3)


def test_mbg_nbd(summary):
    model, fit = beta_geometric.fit(summary, modified=True)
    assert model.parameters == pytest.approx([0.525, 6.183, 0.891, 1.614], abs=6e-4)
    assert fit.log_likelihood == pytest.approx(-9_582.136, abs=1e-3)


def test_pareto_nbd(summary):
    model, fit = pareto_nbd.fit(summary)
    assert model.parameters == pytest.approx([0.55315, 10.57633, 0.60625, 11.67150], rel=3e-4)
    assert fit.log_likelihood == pytest.approx(-9_594.976, abs=1e-3)
    assert fit.standard_errors == pytest.approx([0.0476, 0.8427, 0.1873, 6.2105], rel=1e-3)


def test_gamma_gamma(customers):
    model, fit = gamma_gamma.fit(customers.x, customers.value)
    assert model.parameters == pytest.approx([6.25, 3.74, 15.44], abs=6e-3)
    assert fit.log_likelihood == pytest.approx(-4_055.9177, abs=1e-3)
    first_ten = model.expected(customers.x[:10], customers.value[:10])
    published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    assert first_ten == pytest.approx(published, abs=6e-3)


def test_holdout_by_frequency(summary, customers):
    model, _ = beta_geometric.fit(summary)
    expected = model.expected(39, customers.x, customers.t_x, customers.t)
    capped = np.minimum(customers.x, 7)
    published = [0.2250893, 0.5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036]
    assert pd.Series(expected).groupby(capped.to_numpy()).mean().to_numpy() == pytest.approx(
        published, rel=1e-4
    )
    actual = [0.2367116, 0.6970387, 1.392523, 1.56, 2.532258, 2.947368, 3.862069, 6.359375]
    assert customers.later.groupby(capped).mean().to_numpy() == pytest.approx(actual, rel=1e-6)


def test_holdout_by_frequency_of_pareto_nbd(summary, customers):
    model, _ = pareto_nbd.fit(summary)
    expected = model.expected(39, customers.x, customers.t_x, customers.t)
    by_visits = pd.Series(expected).groupby(np.minimum(customers.x, 7).to_numpy()).mean()
    published = [0.138, 0.600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403]
    assert by_visits.to_numpy() == pytest.approx(published, abs=1e-3)
