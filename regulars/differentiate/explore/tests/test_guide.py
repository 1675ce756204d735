"""The guide to adding a measure is followed to the letter: one file, and nothing else."""

import re
from pathlib import Path

import pytest

from regulars.differentiate.explore import measures as families
from regulars.differentiate.explore.answering import rows_of
from regulars.differentiate.explore.catalogue import common_dimensions, measures
from regulars.differentiate.explore.compilation import WHOLE, compiled
from regulars.differentiate.explore.question import Question, why_not
from regulars.differentiate.explore.tests.ledger import Ledger

GUIDE = Path(__file__).parents[4] / "docs/guides/add-a-measure.md"


@pytest.fixture
def followed(tmp_path, monkeypatch):
    [code] = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "coupons.py").write_text(re.sub(r"^   ", "", code, flags=re.MULTILINE), "utf-8")
    monkeypatch.setattr(families, "__path__", [*families.__path__, str(tmp_path)])
    measures.cache_clear()
    yield measures()["coupon_use"]
    measures.cache_clear()


def test_a_measure_needs_one_file(followed):
    ledger = Ledger()
    ledger.customer(1)
    ledger.order(1, 1, [(None, 1.0, 100)], coupon="TEA", channel="web")
    ledger.order(1, 2, [(None, 1.0, 100)], channel="web")
    ledger.order(None, 2, [(None, 1.0, 100)], channel="store")
    by = common_dimensions()
    question = Question(measures=(followed,), by=(by["channel"],))
    with ledger.scope(on=9) as scope:
        told = rows_of(compiled(question, scope, limit=9), question)
    found = {() if level == WHOLE else row.keys: row.figures["coupon_use"] for level, row in told}
    assert found == {("web",): 0.5, ("store",): 0.0, (): pytest.approx(1 / 3)}
    assert why_not(followed, by["product"])
