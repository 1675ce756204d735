import numpy as np
import pytest

from regulars.simulate.shops import SHOPS
from regulars.simulate.tests.histories import history, runs


@pytest.mark.parametrize("slug", SHOPS)
def test_no_more_comes_back_than_was_bought_and_not_before(slug):
    until = history(slug).until.timestamp()
    for run in runs(slug):
        back = run.refunds
        assert len(back.line)
        assert (back.quantity <= run.lines.quantity[back.line]).all()
        assert (back.amount <= run.lines.amount[back.line]).all()
        assert (back.at > run.orders.at[run.lines.order[back.line]]).all()
        assert (back.at < until).all()


def test_a_line_comes_back_at_most_once():
    [run] = runs()
    assert len(np.unique(run.refunds.line)) == len(run.refunds.line)


def test_some_refunds_do_not_say_where_from():
    silent = np.concatenate([~run.refunds.referenced for run in runs(size=20_000)])
    assert 0.2 < silent.mean() < 0.3


def test_some_of_several_pieces_come_back_for_their_share():
    run = runs(size=20_000)[0]
    back = run.refunds
    bought, paid = run.lines.quantity[back.line], run.lines.amount[back.line]
    part = back.quantity < bought
    assert part.any()
    assert (back.amount[part] == np.floor(paid * back.quantity / bought)[part]).all()
    assert (back.amount[~part] == paid[~part]).all()
