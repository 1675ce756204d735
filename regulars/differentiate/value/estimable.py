"""Whether facts tell what a model asks of them; where not, why not, and what would help."""

import numpy as np

from regulars.differentiate.value.likelihood import HIGH, LOW, Fit, NotEstimable
from regulars.differentiate.value.purchases import Continuous, Purchases
from regulars.differentiate.value.summary import WEEKS_A_YEAR, Summary

SOME_LEFT = 0.005  # with less of a share of those who came back, leaving was not seen
LEAST_REPEATERS = 4  # as many as there are parameters
COMING, LEAVING = (0, 1), (2, 3)  # which parameters say how people come, and how they leave
OF_VISITS = (
    (COMING, "Customers are alike in how often they come"),
    (LEAVING, "Customers are alike in when they leave"),
)
OF_SPENDING = (
    ((0,), "What a customer spends is the same at every visit"),
    ((1, 2), "Customers are alike in what they spend"),
)


class TooFew(NotEstimable):
    """Too few came back."""

    trouble = "too-few"


class NobodyLeft(NotEstimable):
    """Next to nobody seems to have left."""

    trouble = "nobody-left"


class Unforeseeable(NotEstimable):
    """What was fitted says nothing finite of a year ahead."""

    trouble = "unforeseeable"


def refuse_too_little(summary: Summary) -> None:
    """Raise TooFew, or NobodyLeft, where there is next to nothing to estimate from."""
    repeaters = summary.x > 0
    came_back = int(summary.customers[repeaters].sum())
    if not came_back:
        raise TooFew(
            "Nobody came back yet: there is nothing to estimate from. A longer history would help."
        )
    if came_back < LEAST_REPEATERS:
        raise TooFew(
            f"Not estimable yet: customers who came back are {came_back}, and it takes at least "
            f"{LEAST_REPEATERS}. A longer history, or more customers, would help."
        )
    if (summary.t[repeaters] <= summary.t_x[repeaters]).all():
        raise NobodyLeft(
            "Not estimable yet: all who came back came on the last day, and none is seen to stay "
            "away. A longer history would help."
        )


def refuse_undetermined(purchases: Purchases, fit: Fit, summary: Summary) -> None:
    """Raise NotEstimable where the facts do not tell how customers buy, or that anybody left.

    A spread that runs to the upper end says that customers are alike in this, which is no harm.
    """
    came_back = summary.x > 0
    alive = purchases.alive(summary.x, summary.t_x, summary.t)[came_back]
    left = 1 - np.average(alive, weights=summary.customers[came_back])
    if left < SOME_LEFT:
        raise NobodyLeft(
            "Not estimable yet: next to nobody who came back seems to have left, so the visits do "
            "not tell when people leave. That is usual while a shop is young: a history several "
            "times as long as people wait between two visits would help."
        )
    vanished = [name for name, value in fit.by_name.items() if value <= 1.01 * LOW]
    if set(vanished) & {fit.names[i] for i in COMING}:
        raise NotEstimable(
            f"Not estimable: customers differ so much in how often they come that no spread "
            f"describes it ({', '.join(vanished)} vanished). It would help to fit apart those who "
            "buy like a trade, or for others."
        )
    if vanished or np.isnan(left):
        raise NotEstimable(
            f"Not estimable yet: it looks as if some had left at once and all others stayed for "
            f"good ({', '.join(vanished)} vanished). More customers, or a longer history, would "
            "help."
        )


def refuse_unforeseeable(purchases: Continuous, summary: Summary) -> None:
    """Ask for a year ahead at the corners; a spread run to its end may overflow there."""
    x, t = np.meshgrid([0.0, summary.x.max()], [summary.t.min(), summary.t.max()])
    with np.errstate(invalid="ignore", over="ignore"):
        foreseen = purchases.while_there(WEEKS_A_YEAR, x.ravel(), t.ravel())
    if not np.isfinite(foreseen).all():
        raise Unforeseeable(
            "Not estimable yet: what was fitted foresees nothing. That happens where all visits "
            "lie within a few days: a longer history would help."
        )


def in_which_all_are_alike(fit: Fit) -> list[str]:
    """Say which spreads ran to their upper end, so that only a mean is told and no spread."""
    ran = {name for name in fit.at_bound if fit.by_name[name] > HIGH / 2}
    return [
        f"{sentence}: {' and '.join(found)} ran to the end of the range. What is expected holds; "
        "the parameters and their errors say nothing one by one."
        for which, sentence in (OF_VISITS if len(fit.names) == LEAVING[-1] + 1 else OF_SPENDING)
        if (found := [fit.names[i] for i in which if fit.names[i] in ran])
    ]
