"""Which branches are open when."""

import numpy as np

from regulars.simulate.arrays import DAY, Numbers
from regulars.simulate.shop import Shop


def closings(shop: Shop, *, until: int) -> Numbers:
    """Return from which instant on each place is closed, in a simulation that ends ``until``."""
    closed = {one.place: until - one.days * DAY for one in shop.upheavals if one.place}
    never = np.iinfo(np.int64).max
    return np.array([closed.get(place.code, never) for place in shop.places], dtype=np.int64)
