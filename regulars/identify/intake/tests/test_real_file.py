"""The real file, counted a second time by other means: pandas, and stacks in plain Python."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from django.db.models import Sum

from regulars.identify.commerce.public import Line, Order, Refund, RefundLine, RefundMatch
from tests.source import ROOT

FILE = ROOT.parent / "shared/data/online_retail/online_retail.csv.gz"
CENT = Decimal("0.01")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILE.exists(), reason=f"the real file is not at {FILE}"),
]


def minor(row):
    worth = Decimal(row.UnitPrice) * Decimal(row.Quantity)
    return int(abs(worth).quantize(CENT, ROUND_HALF_UP) * 100)


@pytest.fixture(scope="module")
def rows():
    rows = pd.read_csv(FILE, dtype=str, keep_default_na=False)
    rows["units"] = rows.Quantity.astype(int)
    rows["minor"] = [minor(row) for row in rows.itertuples()]
    rows["back"] = rows.InvoiceNo.str.startswith("C") | (rows.units < 0)
    rows["refused"] = rows.UnitPrice.str.startswith("-")
    return rows


def unmatched(rows):
    """Undo purchases by stacks: the latest earlier one of the same person and product first."""
    known = rows[(rows.CustomerID != "") & ~rows.refused].copy()
    known["at"] = known.groupby(["InvoiceNo", "back"]).InvoiceDate.transform("min")
    known["row"] = known.index
    known = known.sort_values(["at", "back", "InvoiceNo", "row"], kind="stable")
    stacks = defaultdict(list)
    left_over = matched = 0
    for row in known.itertuples():
        stack = stacks[row.CustomerID, row.StockCode.strip()]
        if not row.back:
            stack.append(row.units)
            continue
        missing = abs(row.units)
        while missing and stack:
            bought = stack.pop()
            take = min(missing, bought)
            missing, matched = missing - take, matched + take
            if bought > take:
                stack.append(bought - take)
        left_over += missing > 0
    strangers = rows[(rows.CustomerID == "") & rows.back & ~rows.refused]
    return left_over + len(strangers), matched


def test_the_real_file_comes_in_to_the_last_line_and_only_once(bring_in, rows):
    counts = bring_in(FILE.read_bytes(), name=FILE.name).counts
    taken = rows[~rows.refused]
    bought, back = taken[~taken.back], taken[taken.back]
    missing, pieces = unmatched(rows)

    assert counts["lines"] == len(rows) == 541_909
    assert counts["refused"] == rows.refused.sum() == 2
    assert counts["refused_reasons"] == {"negative_price": 2}
    assert counts["orders"] == Order.objects.count() == bought.InvoiceNo.nunique()
    assert counts["refunds"] == Refund.objects.count() == back.InvoiceNo.nunique()
    assert counts["orders"] + counts["refunds"] + 2 == rows.InvoiceNo.nunique() == 25_900
    assert counts["refund_lines"] == RefundLine.objects.count() == len(back)
    assert counts["unmatched_refund_lines"] == missing
    assert counts["customers"] == rows.CustomerID[rows.CustomerID != ""].nunique() == 4_372
    assert counts["products"] == taken.StockCode.nunique()
    assert Line.objects.count() == len(bought)
    assert _sum(Line, "amount_minor") == bought.minor.sum()
    assert _sum(RefundLine, "amount_minor") == back.minor.sum()
    assert _sum(RefundMatch, "quantity") == pieces

    before = _revisions()
    again = bring_in(FILE.read_bytes(), name=FILE.name).counts
    assert again["unchanged_orders"] == counts["orders"]
    assert again["unchanged_refunds"] == counts["refunds"]
    assert {key: again[key] for key in TOLD} == {key: counts[key] for key in TOLD}
    assert _revisions() == before


TOLD = ("lines", "orders", "customers", "products", "refund_lines", "unmatched_refund_lines")


def _sum(model, field):
    return model.objects.aggregate(sum=Sum(field))["sum"]


def _revisions():
    return [(_sum(model, "revision"), model.objects.count()) for model in (Order, Line, Refund)]
