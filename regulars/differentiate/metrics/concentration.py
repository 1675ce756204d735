"""Concentration: the share of net value that a share of customers brings."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

POINTS = 100
FIFTH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """How unevenly the net value of customers with a visit is spread.

    ``curve[k]`` is the share of the k percent of customers who bring most, in whole people rounded
    up; shares may pass 1 on the way, for who brought back more than they bought counts below
    nothing. Shares are None when all together bring nothing. ``half_people`` bring half.
    """

    customers: int
    net_minor: int
    top_fifth_people: int
    top_fifth_minor: int
    top_fifth_share: float | None
    half_people: int | None
    curve: tuple[float, ...]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def concentration_of(values: npt.NDArray[np.int64]) -> Concentration:
    """Measure the net values of all customers with a visit, sorted from the least. Minor units."""
    size = len(values)
    brought = np.concatenate([[0], np.cumsum(values[::-1], dtype=np.int64)])
    total = int(brought[-1])
    fifth = -(-size // FIFTH)
    places = [-(-size * percent // POINTS) for percent in range(POINTS + 1)]
    return Concentration(
        customers=size,
        net_minor=total,
        top_fifth_people=fifth,
        top_fifth_minor=int(brought[fifth]),
        top_fifth_share=float(brought[fifth] / total) if total > 0 else None,
        half_people=int(np.argmax(brought * 2 >= total)) if total > 0 else None,
        curve=tuple(round(float(brought[place] / total), 6) for place in places)
        if total > 0
        else (),
    )


def concentration_from(told: dict[str, Any]) -> Concentration:
    """Read back what ``as_dict`` wrote."""
    return Concentration(**{**told, "curve": tuple(told["curve"])})
