"""The real file, counted a second time by other means: pandas, and stacks in plain Python."""

from collections import defaultdict

import pytest

from tests.real_file import IMPORT

pytestmark = pytest.mark.slow

TOLD = ("lines", "orders", "customers", "products", "refund_lines", "unmatched_refund_lines")
FACTS = ("commerce_order", "commerce_line", "commerce_refund")


def unmatched(lines):
    """Undo purchases by stacks: the latest earlier one of the same person and product first."""
    known = lines[lines.CustomerID.notna() & ~lines.refused]
    stacks = defaultdict(list)
    left_over = matched = 0
    for row in known.itertuples():
        stack = stacks[row.CustomerID, row.sku]
        if not row.back:
            stack.append(row.units)
            continue
        missing = row.units
        while missing and stack:
            bought = stack.pop()
            take = min(missing, bought)
            missing, matched = missing - take, matched + take
            if bought > take:
                stack.append(bought - take)
        left_over += missing > 0
    strangers = lines[lines.CustomerID.isna() & lines.back & ~lines.refused]
    return left_over + len(strangers), matched


def test_the_real_file_comes_in_to_the_last_line_and_only_once(real_shop, real_lines):
    counts, figure = real_shop.counts, real_shop.figure
    taken = real_lines[~real_lines.refused]
    bought, back = taken[~taken.back], taken[taken.back]
    missing, pieces = unmatched(real_lines)

    assert counts["lines"] == len(real_lines) == 541_909
    assert counts["refused"] == real_lines.refused.sum() == 2
    assert counts["refused_reasons"] == {"negative_price": 2}
    assert counts["orders"] == bought.InvoiceNo.nunique() == rows(figure, "commerce_order")
    assert counts["refunds"] == back.InvoiceNo.nunique() == rows(figure, "commerce_refund")
    assert counts["orders"] + counts["refunds"] + 2 == real_lines.InvoiceNo.nunique() == 25_900
    assert counts["refund_lines"] == len(back) == rows(figure, "commerce_refundline")
    assert counts["unmatched_refund_lines"] == missing
    assert counts["customers"] == real_lines.CustomerID.nunique() == 4_372
    assert counts["products"] == taken.sku.nunique()
    assert rows(figure, "commerce_line") == len(bought)
    assert total(figure, "commerce_line", "amount_minor") == bought.minor.sum()
    assert total(figure, "commerce_refundline", "amount_minor") == back.minor.sum()
    assert total(figure, "commerce_refundmatch", "quantity") == pieces

    before = [(rows(figure, table), total(figure, table, "revision")) for table in FACTS]
    again = real_shop.regulars(*IMPORT)
    assert again["unchanged_orders"] == counts["orders"]
    assert again["unchanged_refunds"] == counts["refunds"]
    assert {key: again[key] for key in TOLD} == {key: counts[key] for key in TOLD}
    after = [(rows(figure, table), total(figure, table, "revision")) for table in FACTS]
    assert after == before


def rows(figure, table):
    return figure(f"SELECT count(*) FROM {table}")


def total(figure, table, column):
    return figure(f"SELECT sum({column}) FROM {table}")
