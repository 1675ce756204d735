"""Charts as ``<c-chart :chart="…">`` draws them: a plot, and the same figures as a table.

A colour is a token of the style sheet, written ``"--indigo"``; the browser paints it in the theme
of the moment. Figures are written by the browser in the language of the page.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise

Text = str | Promise
Option = dict[str, Any]


class Unit(StrEnum):
    COUNT = auto()
    PERCENT = auto()  # of a share between 0 and 1
    MONEY = auto()  # in main units


_NUMBERS: Mapping[Unit, Option] = {
    Unit.COUNT: {"maximumFractionDigits": 2},
    Unit.PERCENT: {"style": "percent", "maximumFractionDigits": 1},
    Unit.MONEY: {"maximumFractionDigits": 2},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """What is measured, named with its unit: "days between two visits". Money names a currency."""

    name: Text
    unit: Unit = Unit.COUNT
    currency: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def option(self) -> Option:
        money = {"style": "currency", "currency": self.currency} if self.currency else {}
        limits = {"min": self.least, "max": self.most}
        return {
            "type": "value",
            "name": str(self.name),
            "number": {**_NUMBERS[self.unit], **money},
            **{name: limit for name, limit in limits.items() if limit is not None},
        }

    def say(self, value: float) -> str:
        """Write a value for the table, in the language of the moment."""
        if self.unit == Unit.PERCENT:
            return f"{number_format(round(100 * value, 1), force_grouping=True)} %"
        places = 2 if self.unit == Unit.MONEY else None
        rounded = round(value, 2) if isinstance(value, float) else value
        return number_format(rounded, decimal_pos=places, force_grouping=True)

    @property
    def head(self) -> str:
        return f"{self.name} ({self.currency})" if self.currency else str(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A line across the plot where something changes: a threshold, a median."""

    at: float
    label: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """What is drawn, and the table of the same figures; the first cell of a row is its name."""

    option: Option
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default=())


Bin = tuple[float, float, float]
"""From, below, and how much lies between."""


def histogram(bins: Sequence[Bin], *, x: Axis, y: Axis, marks: Sequence[Mark] = ()) -> Chart:
    """Draw how a measure is spread, with thresholds. All bins are equally wide."""
    bars = {
        "type": "bar",
        "barCategoryGap": "6%",
        "itemStyle": {"borderRadius": [2, 2, 0, 0]},
        "data": [[(low + high) / 2, much] for low, high, much in bins],
        "markLine": _lines_at(marks),
    }
    edges = {"min": bins[0][0], "max": bins[-1][1]} if bins else {}
    option = _plot(x={**x.option, **edges, **_BELOW}, y=y.option, series=[bars])
    rows = [(f"{x.say(low)} – {x.say(high)}", y.say(much)) for low, high, much in bins]
    return Chart(option=option, head=(x.head, y.head), rows=rows)


def curve(
    points: Sequence[tuple[float, float]],
    *,
    x: Axis,
    y: Axis,
    marks: Sequence[Mark] = (),
    even: bool = False,
) -> Chart:
    """Draw one measure over another as an area; ``even`` adds the line of perfect equality."""
    area = {
        "type": "line",
        "showSymbol": False,
        "lineStyle": {"width": 2, "color": "--indigo"},
        "areaStyle": {"color": "--indigo", "opacity": 0.12},
        "data": [list(point) for point in points],
        "markLine": _lines_at(marks),
    }
    equality = {
        "type": "line",
        "showSymbol": False,
        "silent": True,
        "tooltip": {"show": False},
        "lineStyle": {"width": 1, "type": [3, 4], "color": "--ink-3"},
        "data": [[0, 0], [1, 1]],
    }
    option = _plot(x={**x.option, **_BELOW}, y=y.option, series=[area, equality][: 1 + even])
    return Chart(
        option=option, head=(x.head, y.head), rows=[(x.say(a), y.say(b)) for a, b in points]
    )


def bars(
    items: Sequence[tuple[Text, float]], *, x: Text, y: Axis, marked: Sequence[int] = ()
) -> Chart:
    """Draw a measure of named things as horizontal bars, the first on top; ``marked`` stand out."""
    data = [
        {"value": much, "itemStyle": {"color": "--indigo" if at in marked else "--line-strong"}}
        if marked
        else much
        for at, (_, much) in enumerate(items)
    ]
    series = {
        "type": "bar",
        "barMaxWidth": 22,
        "itemStyle": {"borderRadius": [0, 3, 3, 0]},
        "data": data,
    }
    names = {
        "type": "category",
        "inverse": True,
        "data": [str(name) for name, _ in items],
        "axisLabel": {"width": 150, "overflow": "truncate"},
    }
    option = _plot(x={**y.option, **_BELOW, "splitLine": True}, y=names, series=[series])
    rows = [(str(name), y.say(much)) for name, much in items]
    return Chart(option=option, head=(str(x), y.head), rows=rows)


def lines(
    names: Sequence[Text],
    series: Mapping[Text, Sequence[float | None]],
    *,
    x: Text,
    y: Axis,
    bounds: Collection[Text] = (),
) -> Chart:
    """Draw measures of things in order, such as months; None leaves a gap, bounds are dashed."""
    drawn = [
        {
            "type": "line",
            "name": str(name),
            "showSymbol": len(names) < 32,
            "symbolSize": 5,
            **(_BOUND if name in bounds else {}),
            "data": list(values),
        }
        for name, values in series.items()
    ]
    option = _plot(
        x={"type": "category", "name": str(x), "data": [str(name) for name in names], **_BELOW},
        y=y.option,
        series=drawn,
        **({"legend": {}} if len(series) > 1 else {}),
    )
    rows = [
        (str(name), *("–" if value is None else y.say(value) for value in values))
        for name, values in zip(names, zip(*series.values(), strict=True), strict=True)
    ]
    return Chart(option=option, head=(str(x), *map(str, series)), rows=rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """How much goes from one thing to another."""

    source: str
    target: str
    size: float


def sankey(
    flows: Sequence[Flow],
    *,
    source: Text,
    target: Text,
    size: Text,
    colours: Mapping[str, str] | None = None,
) -> Chart:
    """Draw streams from the things on the left to those on the right, as wide as they are large.

    The things stand in the order in which the flows name them; ``colours`` are theirs.
    """
    shades = colours or {}
    sides = ("source", "target")
    named = {  # the same name may stand on either side, and is two things there
        side: {getattr(one, side): getattr(one, side) + ZERO_WIDTH * at for one in flows}
        for at, side in enumerate(sides)
    }
    totals = {
        side: {name: sum(f.size for f in flows if getattr(f, side) == name) for name in named[side]}
        for side in sides
    }
    nodes = [
        {
            "name": shown,
            **({"itemStyle": {"color": shades[name]}} if name in shades else {}),
            "label": {
                "formatter": f"{name}  {number_format(totals[side][name], force_grouping=True)}",
                "position": "right" if side == "source" else "left",
            },
        }
        for side in sides
        for name, shown in named[side].items()
    ]
    links = [
        {"source": named["source"][f.source], "target": named["target"][f.target], "value": f.size}
        for f in flows
    ]
    series = {
        "type": "sankey",
        "data": nodes,
        "links": links,
        "nodeGap": 12,
        "layoutIterations": 0,
        "left": 4,
        "right": 4,
        "draggable": False,
        "emphasis": {"focus": "adjacency"},
        "label": {"color": "--ink", "textBorderColor": "--sheet", "textBorderWidth": 3},
        "lineStyle": {"color": "source", "opacity": 0.3},
        "itemStyle": {"borderWidth": 0},
    }
    option: Option = {"tooltip": {"trigger": "item"}, "series": [series]}
    rows = [
        (f.source, f.target, number_format(f.size, force_grouping=True))
        for f in sorted(flows, key=lambda one: -one.size)
    ]
    return Chart(option=option, head=(str(source), str(target), str(size)), rows=rows)


_BOUND: Option = {
    "lineStyle": {"color": "--ink-3", "type": [3, 3], "width": 1.5},
    "itemStyle": {"color": "--ink-3"},
}
ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"
_BELOW: Option = {"nameLocation": "middle", "splitLine": False}


def _plot(*, x: Option, y: Option, series: list[Option], **more: Any) -> Option:
    if y["type"] == "value":
        y = {**y, "splitLine": True, "nameTextStyle": {"align": "left"}}
    kept = [{k: v for k, v in one.items() if v is not None} for one in series]
    return {"xAxis": x, "yAxis": y, "series": kept, **more}


def _lines_at(marks: Sequence[Mark]) -> Option | None:
    if not marks:
        return None
    return {"data": [{"xAxis": mark.at, "name": str(mark.label)} for mark in marks]}
