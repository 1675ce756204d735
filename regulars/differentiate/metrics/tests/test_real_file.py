"""A real shop's year: what the command line says against pandas, which shares no code with us."""

from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

pytestmark = pytest.mark.slow
DAYS = ("2011-12-09", "2011-06-30")  # the last of the file, and one with half a year to come


@pytest.fixture(scope="module")
def undone(real_lines):
    """What each line was brought back of and when, the latest earlier purchase first, in pence."""
    known = real_lines[real_lines.CustomerID.notna() & ~real_lines.refused]
    returned = known[known.back].groupby(["CustomerID", "sku"]).size()
    touched = known[known.set_index(["CustomerID", "sku"]).index.isin(returned.index)]
    stacks, found = defaultdict(list), []
    for row in touched.itertuples():
        stack = stacks[row.CustomerID, row.sku]
        if not row.back:
            stack.append([row.Index, row.units])
            continue
        left = row.units
        while left and stack:
            line, there = stack[-1]
            take = min(left, there)
            worth = row.minor * (row.units - left + take) // row.units
            found.append((line, row.at, worth - row.minor * (row.units - left) // row.units))
            left, stack[-1][1] = left - take, there - take
            if not stack[-1][1]:
                stack.pop()
    return pd.DataFrame(found, columns=["line", "at", "minor"])


def figures(lines, undone, as_of):
    """Count a file again: customers, visits, money and cells at the end of a day."""
    over = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    lines = lines[lines.CustomerID.notna() & ~lines.refused & (lines["at"] < over)]
    back = undone[undone["at"] < over].groupby("line").minor.sum()
    bought = lines[~lines.back]
    worth = bought.minor - back.reindex(bought.index, fill_value=0)
    days = worth.groupby([bought.CustomerID, bought["at"].dt.normalize().rename("day")]).sum()
    days = days[days > 0].reset_index("day")
    gaps = days.groupby("CustomerID").day.diff().dt.days.dropna()
    window = np.percentile(gaps, 80)

    people = days.groupby("CustomerID").day.agg(visits="size", last="max")
    signed = lines.minor.where(~lines.back, -lines.minor)
    net = signed.groupby(lines.CustomerID).sum()
    people["net"] = net
    recency = (pd.Timestamp(as_of) - people["last"]).dt.days
    how_long = pd.cut(recency, [-1, window, 2 * window, 4 * window, np.inf], labels=AGES)
    how_often = pd.cut(people.visits, [0, 1, 2, 5, np.inf], labels=OFTEN)
    cell = how_long.astype(str) + "/" + how_often.astype(str)
    best = people.net.sort_values(ascending=False)
    return {
        "as_of": as_of,
        "customers": len(people),
        "visits": len(days),
        "repeaters": (people.visits > 1).sum(),
        "net_value": net.sum() / 100,
        "net_value_of_visitors": people.net.sum() / 100,
        "active_window_days": window,
        "median_interval_days": gaps.median(),
        "cells": {one: (cell == one).sum() for one in CELLS},
        "cells_net_value": {one: people.net[cell == one].sum() / 100 for one in CELLS},
        "top_fifth_share": best[: -(-len(best) // 5)].sum() / best.sum(),
    }


AGES, OFTEN = ["active", "silent", "dormant", "churned"], ["new", "second-time", "regular", "fan"]
CELLS = [f"{age}/{often}" for age in AGES for often in OFTEN]


@pytest.mark.parametrize("as_of", DAYS)
def test_a_real_years_figures_equal_an_independent_computation(
    real_shop, real_lines, undone, as_of
):
    told = real_shop.regulars("metrics", "--brand", "gifts", "--as-of", as_of)
    expected = figures(real_lines, undone, as_of)
    assert {name: told[name] for name in expected} == expected
    if as_of == DAYS[0]:
        assert (told["customers"], told["visits"]) == (4_327, 16_673)
        assert told["active_window_days"] == 70
