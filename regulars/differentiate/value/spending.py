"""What customers spend at a visit: Gamma-Gamma, with and without those who buy like a trade."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import rankdata

from regulars.differentiate.value import gamma_gamma
from regulars.differentiate.value.gamma_gamma import GammaGamma
from regulars.differentiate.value.likelihood import Fit, NotEstimable
from regulars.differentiate.value.summary import Array

if TYPE_CHECKING:
    import ibis

LEAST_REPEATERS = 20
FAR_OUT = 3.0  # spreads above the median, both of the logarithm
SPREAD = 1.4826  # makes the median deviation of a normal distribution its standard deviation


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """The fits, and how spending and frequency hang together. Minor units.

    ``usual`` is fitted without the outliers, those whose mean repeat visit is worth more than
    ``outlier_from``; it is ``everybody`` where there are none. Correlations are between frequency
    and mean value of those who came back; None when one of the two does not vary.
    """

    everybody: tuple[GammaGamma, Fit] | None = None
    usual: tuple[GammaGamma, Fit] | None = None
    outlier_from: float | None = None
    repeaters: int = 0
    outliers: int = 0
    outlier_share: float = 0.0
    pearson: float | None = None
    spearman: float | None = None


def spending_of(people: "ibis.Table") -> Spending:
    """Fit what customers spend to their repeat visits; ``people`` are histories."""
    came = people.filter((people.x > 0) & (people.value > 0))
    found = came.select("x", "value", "total").to_pyarrow()
    x, value, total = (found[name].to_numpy().astype(np.float64) for name in found.column_names)
    if len(x) < LEAST_REPEATERS:
        return Spending(repeaters=len(x))
    line = _line(value)
    out = value > line
    everybody = _fit(x, value)
    usual = _fit(x[~out], value[~out]) if out.any() else everybody
    return Spending(
        everybody=everybody,
        usual=usual or everybody,
        outlier_from=line,
        repeaters=len(x),
        outliers=int(out.sum()),
        outlier_share=float(total[out].sum() / total.sum()),
        pearson=_correlation(x, value),
        spearman=_correlation(rankdata(x), rankdata(value)),
    )


def expected_spend(spending: Spending, x: "ibis.Column", value: "ibis.Column") -> "ibis.Column":
    """Return the expected value of a visit (eq. 5), null when it is not estimable.

    Outliers are held against everybody, all others against those who are none.
    """
    import ibis  # at the first question: a start should not wait for it

    if spending.usual is None or spending.everybody is None:
        return ibis.literal(None, "float64")
    mean = value.fill_null(0.0)
    far = (x > 0) & (mean > spending.outlier_from)
    return far.ifelse(
        _posterior(spending.everybody[0], x, mean), _posterior(spending.usual[0], x, mean)
    )


def as_dict(fitted: tuple[GammaGamma, Fit] | None) -> dict[str, Any] | None:
    """Write a fit for keeping."""
    if fitted is None:
        return None
    model, fit = fitted
    errors = [float(error) if np.isfinite(error) else None for error in fit.standard_errors]
    return {
        "parameters": fit.by_name,
        "standard_errors": dict(zip(fit.names, errors, strict=True)),
        "log_likelihood": fit.log_likelihood,
        "mean_minor": model.mean,
    }


def _posterior(model: GammaGamma, x: "ibis.Column", value: "ibis.Column") -> "ibis.Column":
    own = x.cast("float64") * model.p
    share = own / (own + (model.q - 1))
    return value * share + model.mean * (1 - share)


def _fit(x: Array, value: Array) -> tuple[GammaGamma, Fit] | None:
    try:
        model, fit = gamma_gamma.fit(x, value)
        settled = np.isfinite([*model.parameters, model.mean]).all()
    except NotEstimable:
        return None
    return (model, fit) if settled else None


def _line(value: Array) -> float:
    log = np.log(value)
    middle = float(np.median(log))
    spread = SPREAD * float(np.median(np.abs(log - middle)))
    return float(np.exp(middle + FAR_OUT * max(spread, 0.25)))


def _correlation(a: Array, b: Array) -> float | None:
    if a.std() == 0 or b.std() == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])
