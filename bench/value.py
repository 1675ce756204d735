"""Fits of the value models, against lifetimes at equal parameters in the same run.

The peer is installed beside, from the package index, for the time of the run.
"""

import json
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from bench.figures import Figure, clock, slope

PEER = "lifetimes==0.11.3"
SIZES = {"small": (20_000, 2_000), "full": (1_000_000, 100_000)}
SLOPES = {"small": [5_000, 20_000], "full": [10_000, 100_000, 1_000_000]}
ENDS_ON, DAYS = date(2025, 12, 31), 3 * 365
TRUTH = {"r": 0.9, "alpha": 30.0, "a": 0.8, "b": 11.0}  # days, as in the plain shop
FEW = 2_000
DIGITS = 5e-4  # equal to four digits
LEAST_BG, LEAST_PARETO = 15.0, 100.0

PEER_FITS = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np, pandas as pd
import lifetimes
model, path = sys.argv[1:]
d = np.load(path)
x, t_x, t = (pd.Series(d[n]) for n in ("x", "t_x", "t"))
began = time.perf_counter()
if model == "gamma-gamma":
    came = x > 0
    fitter = lifetimes.GammaGammaFitter(penalizer_coef=0)
    fitter.fit(x[came], pd.Series(d["value"])[came])
elif model == "pareto-nbd":
    fitter = lifetimes.ParetoNBDFitter(penalizer_coef=0)
    fitter.fit(x, t_x, t)
else:
    fitter = lifetimes.BetaGeoFitter(penalizer_coef=0)
    fitter.fit(x, t_x, t)
seconds = time.perf_counter() - began
print(json.dumps({"seconds": seconds, "parameters": [float(v) for v in fitter.params_]}))
"""


def measure(*, size: str) -> list[Figure]:
    people, fewer = SIZES[size]
    with tempfile.TemporaryDirectory(prefix="regulars-bench-") as name:
        folder = Path(name)
        peer = _peer(folder)
        full = size == "full"
        bg = _against(peer, folder, "bg-nbd", people)
        gamma = _against(peer, folder, "gamma-gamma", people)
        pareto = _against(peer, folder, "pareto-nbd", fewer)
        figures = [
            *bg.figures(),
            *gamma.figures(),
            (bg + gamma).fit(least=LEAST_BG if full else None),
            *pareto.figures(least=LEAST_PARETO if full else None),
        ]
    return [*figures, *_slopes(SLOPES[size])]


@dataclass(frozen=True)
class Against:
    """How long the same fit took with us and with the peer, and how far the estimates lie apart."""

    name: str
    ours: float
    theirs: float
    apart: float = 0.0
    higher: float = 0.0

    def __add__(self, other):
        name = f"{self.name.partition(',')[0]} and {other.name}"
        return Against(name, self.ours + other.ours, self.theirs + other.theirs)

    def fit(self, least=None):
        ratio = self.theirs / self.ours
        return Figure(
            claim=f"S5 fit {self.name}", figure=self.ours, unit="s", ratio=ratio,
            target=f"≥ {least:.0f} × faster" if least else "",
            peer=f"{PEER} {self.theirs:.1f} s", met=ratio >= least if least else None,
        )  # fmt: skip

    def figures(self, least=None):
        return [
            self.fit(least),
            Figure(
                claim=f"S5 parameters of {self.name}, furthest apart", figure=self.apart,
                unit="relative", target="four digits, or likelier than the peer's",
                peer=f"log-likelihood higher by {self.higher:.3f}" if self.apart > DIGITS else "",
                met=self.apart <= DIGITS or self.higher > 0,
            ),
        ]  # fmt: skip


def _against(peer, folder, model, people):
    """Fit the same customers with both."""
    customers = drawn(people)
    path = folder / f"{model}.npz"
    np.savez(path, **customers)
    watch, parameters = ours(model, customers)
    told = subprocess.run(
        [peer, "-c", PEER_FITS, model, str(path)], capture_output=True, text=True, check=True
    )
    theirs = json.loads(told.stdout)
    return Against(
        name=f"{model}, {people:,} customers",
        ours=watch.seconds,
        theirs=theirs["seconds"],
        apart=float(np.max(np.abs(parameters / np.array(theirs["parameters"]) - 1))),
        higher=likelier(model, customers, parameters, theirs["parameters"]),
    )


def ours(model, customers):
    """Collapse and fit, as the product does; what is loaded at first use is not measured."""
    _fitted(model, {name: column[:FEW] for name, column in customers.items()})
    return _fitted(model, customers)


def _fitted(model, customers):
    import ibis
    import pyarrow as pa

    from regulars.differentiate.value import beta_geometric, gamma_gamma, pareto_nbd
    from regulars.differentiate.value.histories import distinct

    if model == "gamma-gamma":
        came = customers["x"] > 0
        with clock() as watch:
            found = gamma_gamma.fit(customers["x"][came], customers["value"][came])[1]
        return watch, found.parameters
    columns = {"x": pa.array(customers["x"].astype(np.int32))}
    for name in ("first_on", "last_on"):
        columns[name] = pa.array(customers[name].astype(np.int32)).cast(pa.date32())
    people = ibis.duckdb.connect().create_table("people", pa.table(columns))
    with clock() as watch:
        summary = distinct(people, ends_on=ENDS_ON).summary
        fits = pareto_nbd.fit if model == "pareto-nbd" else beta_geometric.fit
        found = fits(summary)[1]
    return watch, found.parameters


def likelier(model, customers, ours, theirs):
    """Return by how much our parameters are likelier; where the peer's search ended too soon."""
    from regulars.differentiate.value.beta_geometric import BetaGeometric
    from regulars.differentiate.value.pareto_nbd import ParetoNBD

    if model == "gamma-gamma":
        return 0.0
    fitted = ParetoNBD if model == "pareto-nbd" else BetaGeometric
    history = [customers[name] for name in ("x", "t_x", "t")]
    return float(
        (fitted(*ours).log_likelihood(*history) - fitted(*theirs).log_likelihood(*history)).sum()
    )


def _slopes(sizes):
    figures = []
    for model in ("bg-nbd", "gamma-gamma", "pareto-nbd"):
        seconds = [ours(model, drawn(people))[0].seconds for people in sizes]
        grown = slope(sizes, seconds)
        figures.append(
            Figure(
                claim=f"S11 {model}, cost per customer, last size over first", figure=grown,
                unit="×", target="≤ 1.2", met=grown <= 1.2,
            )
        )  # fmt: skip
        if model == "pareto-nbd":
            claim = f"S5 fit {model}, {sizes[-1]:,} customers"
            figures.append(Figure(claim=claim, figure=seconds[-1], unit="s"))
    return figures


def drawn(people, *, seed=7):
    """Draw the histories of customers who buy by BG/NBD and spend by Gamma-Gamma."""
    chance = np.random.default_rng(seed)
    rate = chance.gamma(TRUTH["r"], 1 / TRUTH["alpha"], people)
    leaves = chance.beta(TRUTH["a"], TRUTH["b"], people)
    watched = chance.integers(1, DAYS, people)
    last, x = np.zeros(people), np.zeros(people, np.int64)
    at, there = np.zeros(people), np.arange(people)
    while there.size:
        at[there] += chance.exponential(1 / rate[there])
        there = there[at[there] < watched[there]]
        day = np.floor(at[there])
        another = day > last[there]
        x[there[another]] += 1
        last[there] = np.maximum(day, last[there])
        there = there[chance.random(there.size) > leaves[there]]
    mean = chance.gamma(6.0 * np.maximum(x, 1), 1 / chance.gamma(4.0, 1 / 12.0, people))
    end = (ENDS_ON - date(1970, 1, 1)) // timedelta(1)
    return {
        "x": x.astype(float),
        "t_x": last / 7,
        "t": watched / 7,
        "value": np.where(x > 0, mean / np.maximum(x, 1), 0.0),
        "first_on": end - watched,
        "last_on": end - watched + last,
    }


def _peer(folder):
    """Install lifetimes beside, with whatever it needs, and return its Python."""
    place = folder / "peer"
    venv.create(place, with_pip=True)
    python = str(place / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", PEER], check=True, stdout=sys.stderr)
    return python
