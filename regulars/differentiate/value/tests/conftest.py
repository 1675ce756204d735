"""A simulated shop whose customers can be valued."""

from datetime import timedelta

import pytest

from regulars.organization.public import Brand
from regulars.simulate.public import SHOPS, load, open_shop, simulate
from tests.people import NOW


@pytest.fixture
def plain(lake: object) -> Brand:
    """Three hundred customers of a shop two years old."""
    history = simulate(SHOPS["plain"], size=300, seed=5, years=2.0, until=NOW)
    opened_at = NOW - timedelta(days=731)
    brand = open_shop(history.shop, opened_at=opened_at, by=None, now=NOW)
    load(history, brand=brand, by=None, now=NOW)
    return brand
