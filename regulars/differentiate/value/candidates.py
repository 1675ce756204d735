"""Fit every model of purchases to a brand, and choose the one that tells the future best."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regulars.differentiate.value.fitting import (
    MANY,
    HoldoutRow,
    Model,
    fit_in_time,
)
from regulars.differentiate.value.histories import Distinct
from regulars.differentiate.value.likelihood import Fit, NotEstimable
from regulars.differentiate.value.purchases import Continuous

FITTED = (Model.MBG_NBD, Model.PARETO_NBD, Model.BG_NBD)
LEAST_REPEATERS = 20
ABOUT_EQUAL = 1.02  # errors within two per cent of each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A model fitted on everything, and once more on the time before the holdout.

    ``error`` is by how much it missed the holdout: the differences between expected and actual
    visits of customers with 0, 1, 2 … 7 and more repeats, added up, as a share of the actual.
    """

    model: Model
    purchases: Continuous | None
    fit: Fit | None
    trouble: str
    earlier: Continuous | None = None
    rows: tuple[HoldoutRow, ...] = ()
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate everybody is scored by, None when nothing is estimable, and a word for why."""

    chosen: Candidate | None
    reason: str


def candidates(now: Distinct, before: Distinct, *, weeks: float) -> list[Candidate]:
    """Fit the models on all visits, and on those before a holdout of so many weeks (0: none)."""
    return [_candidate(model, now, before, weeks) for model in FITTED]


def choose(found: Sequence[Candidate]) -> Choice:
    """Choose by the error of the holdout, and where that is about equal by likelihood.

    BG/NBD is taken only when nothing else is estimable: to it, who came once has never left.
    """
    able = [one for one in found if one.purchases]
    if not able:
        return Choice(None, "not-estimable")
    seeing = [one for one in able if one.model is not Model.BG_NBD]
    if not seeing:
        return Choice(able[0], "only")
    if len(seeing) == 1:
        return Choice(seeing[0], "only")
    judged = [one for one in seeing if one.error is not None]
    if not judged:
        return Choice(max(seeing, key=_likelihood), "likelihood")
    least = min(one.error for one in judged if one.error is not None)
    close = [one for one in judged if (one.error or 0) <= ABOUT_EQUAL * least]
    return Choice(max(close, key=_likelihood), "holdout" if len(close) == 1 else "about-equal")


def _likelihood(one: Candidate) -> float:
    return one.fit.log_likelihood if one.fit else -np.inf


def _candidate(model: Model, now: Distinct, before: Distinct, weeks: float) -> Candidate:
    if now.repeaters < LEAST_REPEATERS:
        return Candidate(model=model, purchases=None, fit=None, trouble="too-few")
    try:
        purchases, fit = fit_in_time(now.summary, model)
    except NotEstimable as error:
        return Candidate(model=model, purchases=None, fit=None, trouble=error.trouble)
    whole = Candidate(model=model, purchases=purchases, fit=fit, trouble="")
    if not weeks or before.repeaters < LEAST_REPEATERS:
        return whole
    try:
        earlier, _ = fit_in_time(before.summary, model)
    except NotEstimable:
        return whole
    rows = holdout_of(before, earlier, weeks=weeks)
    return Candidate(
        model=model, purchases=purchases, fit=fit, trouble="", earlier=earlier, rows=tuple(rows),
        error=_error(rows),
    )  # fmt: skip


def holdout_of(before: Distinct, purchases: Continuous, *, weeks: float) -> list[HoldoutRow]:
    """Compare expected with actual visits of the holdout, by repeats before it."""
    s = before.summary
    expected = s.customers * purchases.expected(weeks, s.x, s.t_x, s.t)
    group = np.minimum(before.x, MANY)
    customers, actual, told = (
        np.bincount(group, weights, MANY + 1) for weights in (s.customers, before.later, expected)
    )
    return [
        HoldoutRow(
            repeats=f"{i}+" if i == MANY else str(i),
            customers=int(customers[i]),
            actual=float(actual[i] / customers[i]),
            expected=float(told[i] / customers[i]),
        )
        for i in range(MANY + 1)
        if customers[i]
    ]


def _error(rows: Sequence[HoldoutRow]) -> float | None:
    came = sum(row.actual * row.customers for row in rows)
    missed = sum(abs(row.actual - row.expected) * row.customers for row in rows)
    return missed / came if came else None
