"""UpSet plots: the parts into which overlapping sets fall, and what each is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

from regulars.ui.charts import Chart, Option, Text

MOST_PARTS, ROW, NAMES, NAMES_WIDE = 16, 34, 126, 240


@dataclass(frozen=True, kw_only=True, slots=True)
class Set:
    """Something that overlaps with others, and how much is in it."""

    name: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What is in exactly these sets, by their places, and in no other."""

    name: str
    inside: Sequence[int]
    size: int


def upset(sets: Sequence[Set], parts: Sequence[Part], *, of: Text, size: Text) -> Chart:
    """Draw the parts as bars over a matrix that says what each is in; the largest ones only."""
    drawn = parts[:MOST_PARTS]
    matrix = ROW * len(sets)
    names = [part.name for part in drawn]
    option: Option = {
        "tooltip": {"trigger": "item"},
        "grid": [
            {**_SIDES, "top": 30, "bottom": matrix + 14},
            {**_SIDES, "height": matrix, "bottom": 4},
        ],
        "xAxis": [{**_PLACES, "data": names}, {**_PLACES, "data": names, "gridIndex": 1}],
        "yAxis": [
            {"type": "value", "name": str(size), "number": {}, "splitLine": True, "minInterval": 1},
            {**_names(sets), "gridIndex": 1},
        ],
        "series": [_bars(drawn), _empty(len(sets), len(drawn)), _full(drawn)],
        "media": [_WIDE],
    }
    rows = [(part.name, _said(part.size)) for part in parts]
    return Chart(option=option, head=(str(of), str(size)), rows=rows)


_SIDES: Option = {"left": NAMES + 10, "right": 4, "outerBoundsMode": "none"}
_WIDE: Option = {
    "query": {"minWidth": 700},
    "option": {
        "grid": [{"left": NAMES_WIDE + 10}, {"left": NAMES_WIDE + 10}],
        "yAxis": [{}, {"axisLabel": {"width": NAMES_WIDE}}],
    },
}
_PLACES: Option = {"type": "category", "axisLabel": {"show": False}, "axisLine": {"show": False}}
_BELOW: Option = {"xAxisIndex": 1, "yAxisIndex": 1, "silent": True, "tooltip": {"show": False}}


def _names(sets: Sequence[Set]) -> Option:
    return {
        "type": "category",
        "inverse": True,
        "axisLine": {"show": False},
        "data": [f"{one.name}\n{_said(one.size)}" for one in sets],
        "axisLabel": {"width": NAMES, "overflow": "truncate", "lineHeight": 15},
    }


def _bars(parts: Sequence[Part]) -> Option:
    def bar(part: Part) -> Option:
        shared = len(part.inside) > 1
        return {
            "value": part.size,
            "itemStyle": {"color": "--indigo" if shared else "--ink-3"},
            "label": {"formatter": _said(part.size)},
        }

    return {
        "type": "bar",
        "barMaxWidth": 28,
        "itemStyle": {"borderRadius": [3, 3, 0, 0]},
        "label": {"show": True, "position": "top", "color": "--ink", "distance": 4},
        "labelLayout": {"hideOverlap": True},
        "data": [bar(part) for part in parts],
    }


def _empty(sets: int, parts: int) -> Option:
    places = [[across, down] for across in range(parts) for down in range(sets)]
    dots: Option = {"type": "scatter", "symbolSize": 9, "itemStyle": {"color": "--line"}}
    return {**dots, **_BELOW, "data": places}


def _full(parts: Sequence[Part]) -> Option:
    """Join the dots of each part; nothing joins one part to the next."""
    places: list[list[int | None]] = []
    for across, part in enumerate(parts):
        places += [[across, down] for down in sorted(part.inside)]
        places.append([across, None])
    line: Option = {
        "type": "line",
        "symbol": "circle",
        "symbolSize": 10,
        "showAllSymbol": True,
        "lineStyle": {"width": 2, "color": "--ink-2"},
        "itemStyle": {"color": "--ink-2"},
    }
    return {**line, **_BELOW, "data": places}


def _said(number: int) -> str:
    return number_format(number, force_grouping=True)
