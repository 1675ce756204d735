"""A shop of a few days, looked at many years later."""

from datetime import date, timedelta

import numpy as np
import pytest

from regulars.differentiate.value.candidates import candidates, choose
from regulars.differentiate.value.histories import Distinct
from regulars.differentiate.value.weekly import Weekly, season_of

pytestmark = pytest.mark.once

WEEKS = 16 * 52
HISTORIES = [
    (0, 0, 0, 67), (1, 0, 1, 3), (1, 0, 2, 2), (1, 0, 5, 4), (1, 0, 7, 7), (2, 0, 5, 1),
    (2, 0, 7, 2), (3, 0, 5, 1), (6, 0, 8, 1), (0, 1, 1, 82), (1, 1, 6, 5), (2, 1, 7, 1),
    (0, 2, 2, 42), (1, 2, 4, 1), (0, 4, 4, 63), (1, 4, 6, 3), (0, 5, 5, 66), (1, 5, 7, 2),
    (0, 6, 6, 50), (0, 7, 7, 83), (0, 8, 8, 21),
]  # fmt: skip


def long_ago() -> Distinct:
    x, first, last, customers = (np.array(column) for column in zip(*HISTORIES, strict=True))
    day = (date(2010, 12, 1) - date(1970, 1, 1)).days
    return Distinct(
        x=x.astype(np.int64),
        first=(day + first).astype(np.int64),
        last=(day + last).astype(np.int64),
        customers=customers.astype(np.float64),
        later=np.zeros(len(x)),
        ends_on=date(2010, 12, 1) + timedelta(weeks=WEEKS),
    )


def test_a_model_that_foresees_nothing_is_not_taken():
    found = candidates(long_ago(), long_ago(), weeks=0)
    chosen = choose(found).chosen
    assert {one.trouble for one in found if one.purchases is None} <= {
        "unforeseeable",
        "nobody-left",
    }
    assert chosen is not None
    assert chosen.purchases is not None
    ahead = chosen.purchases.while_there(52.0, np.array([0.0, 1.0]), np.array([800.0, 830.0]))
    assert np.isfinite(ahead).all()


def test_a_year_without_a_visit_has_no_season():
    nothing = np.zeros(WEEKS)
    opening = nothing.copy()
    opening[0] = 60
    weekly = Weekly(
        ends_on=date(2026, 11, 22),
        newcomers=opening,
        visits=opening,
        orders=opening,
        net_minor=opening * 1000,
    )
    assert (season_of(weekly) == 1).all()
    assert len(season_of(weekly)) > 50
