"""Fits of the value models beside pymc-marketing's, by the processor's time and by memory.

The peer is too large to be installed for every run: name the Python of an environment that has it.
Without, nothing is measured, and that is said.
"""

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from bench.figures import Figure
from bench.value import DIGITS, drawn, likelier, ours

PYTHON = "REGULARS_BENCH_PYMC"  # the interpreter with pymc-marketing
MODELS = ("bg-nbd", "pareto-nbd", "gamma-gamma")
SIZES = {
    "small": {"bg-nbd": 5_000, "pareto-nbd": 1_000, "gamma-gamma": 5_000},
    "full": {"bg-nbd": 1_000_000, "pareto-nbd": 100_000, "gamma-gamma": 1_000_000},
}
PATIENCE = 1_800  # seconds

PEER_FITS = """
import json, resource, sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np, pandas as pd, pymc, pymc_marketing
from pymc_extras.prior import Prior
from pymc_marketing import clv
model, path = sys.argv[1:]
d = np.load(path)
names, fitter = {
    "bg-nbd": (("r", "alpha", "a", "b"), clv.BetaGeoModel),
    "pareto-nbd": (("r", "alpha", "s", "beta"), clv.ParetoNBDModel),
    "gamma-gamma": (("p", "q", "v"), clv.GammaGammaModel),
}[model]
columns = {"frequency": d["x"], "recency": d["t_x"], "T": d["t"], "monetary_value": d["value"]}
people = pd.DataFrame({"customer_id": np.arange(len(d["x"])), **columns})
if model == "gamma-gamma":
    people = people[people.frequency > 0]
def fitted(rows):
    flat = {name: Prior("HalfFlat") for name in names}
    found = fitter(model_config=flat)
    kept = list(people.columns[:4] if model != "gamma-gamma" else people.columns[[0, 1, 4]])
    found.fit(data=rows[kept].reset_index(drop=True), method="map", progressbar=False)
    return found.fit_result
fitted(people.head(200))  # what it compiles, it keeps
before = time.process_time(), time.perf_counter()
found = fitted(people)
print(json.dumps({
    "version": f"pymc-marketing {pymc_marketing.__version__}, pymc {pymc.__version__}",
    "worked": time.process_time() - before[0], "seconds": time.perf_counter() - before[1],
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    "parameters": [float(found[name].values.squeeze()) for name in names],
}))
"""


def measure(*, size: str) -> list[Figure]:
    python = os.environ.get(PYTHON)
    if not python:
        print(f"Skipped: {PYTHON} names no Python with pymc-marketing.", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory(prefix="regulars-bench-") as name:
        return [
            figure
            for model in MODELS
            for figure in _against(python, Path(name), model, SIZES[size][model])
        ]


def _against(python, folder, model, people):
    customers = drawn(people)
    path = folder / f"{model}.npz"
    np.savez(path, **customers)
    alone = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=alone) as child:
        worked, memory, parameters = child.submit(_measured, model, path).result()
    theirs = _theirs(python, model, path)
    apart = float(np.max(np.abs(parameters / np.array(theirs["parameters"]) - 1)))
    higher = likelier(model, customers, parameters, theirs["parameters"])
    named, peer = f"{model}, {people:,} customers", theirs["version"]
    return [
        Figure(
            claim=f"S5 fit {named}", figure=worked, unit="s of processor time",
            peer=f"{peer} {theirs['worked']:.1f} s", ratio=theirs["worked"] / worked,
        ),
        Figure(
            claim=f"S5 memory of {named}", figure=memory / 1024, unit="MB",
            peer=f"{theirs['memory'] / 1024:.0f} MB", ratio=theirs["memory"] / memory,
        ),
        Figure(
            claim=f"S5 parameters of {named}, furthest apart", figure=apart, unit="relative",
            target="four digits, or likelier than the peer's",
            peer=f"log-likelihood higher by {higher:.3f}" if apart > DIGITS else "",
            met=apart <= DIGITS or higher > 0,
        ),
    ]  # fmt: skip


def _measured(model, path):
    """Fit once, in a process of its own, and say what the processor worked and the memory used."""
    watch, parameters = ours(model, dict(np.load(path)))
    return watch.worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, parameters


def _theirs(python, model, path):
    told = subprocess.run(
        [python, "-c", PEER_FITS, model, str(path)], stdout=subprocess.PIPE, text=True, check=True,
        timeout=PATIENCE,
    )  # fmt: skip
    return json.loads(told.stdout.splitlines()[-1])
