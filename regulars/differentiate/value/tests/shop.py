"""Bring a shop up to date in tests."""

from datetime import date

from regulars.differentiate.metrics.public import compute
from regulars.differentiate.value.public import Valuation, value_customers
from regulars.lake.public import catch_up
from regulars.organization.public import Brand
from tests.people import NOW

TODAY = NOW.date()


def valued(brand: Brand, *, on: date = TODAY) -> Valuation:
    """Bring the lake, the metrics and the values of a brand up to date."""
    catch_up()
    done = value_customers(run=compute(brand=brand, as_of=on))
    assert done is not None
    return done
