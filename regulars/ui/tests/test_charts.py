import json

import pytest
from django.utils import translation

from regulars.ui.charts import Axis, Mark, Unit, bars, curve, histogram, lines

DAYS = Axis(name="days")
PEOPLE = Axis(name="people")
SHARE = Axis(name="share", unit=Unit.PERCENT, least=0, most=1)
MONEY = Axis(name="net value", unit=Unit.MONEY, currency="GBP")


def test_a_histogram_draws_bins_between_its_edges_and_marks_thresholds():
    chart = histogram([(0, 7, 3), (7, 14, 1200)], x=DAYS, y=PEOPLE, marks=[Mark(at=9.5, label="A")])
    assert chart.option["xAxis"]["min"] == 0
    assert chart.option["xAxis"]["max"] == 14
    assert chart.option["series"][0]["data"] == [[3.5, 3], [10.5, 1200]]
    assert chart.option["series"][0]["markLine"]["data"] == [{"xAxis": 9.5, "name": "A"}]
    assert chart.rows == [("0 – 7", "3"), ("7 – 14", "1,200")]


def test_a_histogram_of_nothing_is_empty():
    chart = histogram([], x=DAYS, y=PEOPLE)
    assert chart.option["series"][0]["data"] == []
    assert "markLine" not in chart.option["series"][0]
    assert chart.rows == []


def test_a_curve_shows_equality_only_when_asked():
    points = [(0.0, 0.0), (0.2, 0.8), (1.0, 1.0)]
    assert len(curve(points, x=SHARE, y=SHARE).option["series"]) == 1
    assert len(curve(points, x=SHARE, y=SHARE, even=True).option["series"]) == 2
    assert curve(points, x=SHARE, y=SHARE).rows[1] == ("20.0 %", "80.0 %")


def test_bars_keep_their_order_and_mark_some():
    chart = bars([("Leeds", 1234.5), ("上海", 10.0)], x="City", y=MONEY, marked=[1])
    assert chart.option["yAxis"]["data"] == ["Leeds", "上海"]
    colours = [bar["itemStyle"]["color"] for bar in chart.option["series"][0]["data"]]
    assert colours == ["--line-strong", "--indigo"]
    assert chart.head == ("City", "net value (GBP)")
    assert chart.rows[0] == ("Leeds", "1,234.50")


def test_lines_leave_gaps():
    chart = lines(["a", "b"], {"new": [1, None], "fan": [2, 3]}, x="Month", y=PEOPLE)
    assert chart.rows == [("a", "1", "2"), ("b", "–", "3")]
    assert chart.head == ("Month", "new", "fan")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_charts_can_be_sent(language: str):
    with translation.override(language):
        made = (
            histogram([(0, 1, 2)], x=DAYS, y=PEOPLE),
            curve([(0, 0)], x=SHARE, y=SHARE),
            bars([("a", 1)], x="x", y=MONEY),
            lines(["a"], {"b": [1]}, x="x", y=PEOPLE),
        )
        for chart in made:
            assert json.loads(json.dumps(chart.option)) == chart.option
            assert all(len(row) == len(chart.head) for row in chart.rows)
