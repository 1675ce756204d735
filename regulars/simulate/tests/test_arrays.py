import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from regulars.simulate.arrays import choose, choose_each, firsts, place_within, running, stream
from regulars.simulate.baskets import _divided

groups = st.lists(st.integers(0, 5), max_size=60).map(lambda g: np.array(sorted(g), dtype=np.int64))


@given(groups)
def test_running_sums_and_places_are_those_of_a_loop(group):
    values = np.arange(len(group)) + 1.0
    sums, counts, expected, places = {}, {}, [], []
    for key, value in zip(group.tolist(), values.tolist(), strict=True):
        sums[key] = sums.get(key, 0.0) + value
        places.append(counts.get(key, 0))
        counts[key] = counts.get(key, 0) + 1
        expected.append(sums[key])
    assert np.allclose(running(values, group), expected)
    assert place_within(group).tolist() == places
    assert firsts(group).tolist() == [place == 0 for place in places]


@given(groups.filter(len), st.integers(0, 10**9))
def test_dividing_loses_and_makes_no_cent(group, amount):
    _, order = np.unique(group, return_inverse=True)
    whole = np.full(order.max() + 1, amount)
    parts = _divided(whole, order, stream(1, "parts"))
    assert (parts >= 0).all()
    assert (np.bincount(order, parts).astype(np.int64) == whole).all()


def test_equal_names_give_equal_streams_and_others_do_not():
    assert stream(1, "a", 2).random() == stream(1, "a", 2).random()
    drawn = {stream(*name).random() for name in ((1, "a"), (2, "a"), (1, "b"), (1, "a", 0))}
    assert len(drawn) == 4


def test_choosing_follows_the_weights():
    weights = [1.0, 0.0, 3.0]
    drawn = np.bincount(choose(stream(1, "choose"), weights, 40_000), minlength=3) / 40_000
    assert np.allclose(drawn, [0.25, 0.0, 0.75], atol=0.01)
    rows = np.tile(weights, (40_000, 1))
    each = np.bincount(choose_each(stream(1, "each"), rows), minlength=3) / 40_000
    assert np.allclose(each, [0.25, 0.0, 0.75], atol=0.01)
