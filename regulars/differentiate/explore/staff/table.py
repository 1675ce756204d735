"""The rows of an answer as a page shows them, each figure leading to what is behind it."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.explore.answering import Answer, Row
from regulars.differentiate.explore.behind import narrowed_to
from regulars.differentiate.explore.dimension import OTHERS
from regulars.differentiate.explore.question import Look, Question
from regulars.differentiate.explore.staff.asked import query_of
from regulars.differentiate.explore.staff.drawing import Labels, heat, in_two
from regulars.differentiate.explore.staff.figures import change, percent, say
from regulars.differentiate.explore.staff.spreading import can_spread
from regulars.organization.public import Brand

SHOWN = 500
LOOKS: dict[Look, str | Promise] = {
    Look.TABLE: _("Table"),
    Look.LINE: _("Line"),
    Look.BARS: _("Bars"),
    Look.HEAT: _("Heat map"),
    Look.SPREAD: _("80/20"),
}


def labels_of(answer: Answer, brand: Brand) -> Labels:
    """Say every value of every dimension."""
    return [
        dimension.said(brand, {row.keys[at] for row in answer.rows})
        for at, dimension in enumerate(answer.question.by)
    ]


def tabs_of(question: Question) -> list[tuple[str | Promise, str, bool]]:
    """Return the ways of showing that suit the question."""
    needed = {Look.TABLE: 0, Look.LINE: 1, Look.BARS: 1, Look.HEAT: 2, Look.SPREAD: 1}
    return [
        (label, query_of(_shown_as(look, question)), question.show is look)
        for look, label in LOOKS.items()
        if len(question.by) >= needed[look]
        and (look is not Look.LINE or question.by[0].in_order)
        and (look is not Look.SPREAD or can_spread(question))
    ]


def _shown_as(look: Look, question: Question) -> Question:
    """Show it otherwise; how it is spread is seen of all values, not of the largest."""
    top = None if look is Look.SPREAD else question.top
    return replace(question, show=look, top=top)


def table_of(answer: Answer, labels: Labels, brand: Brand) -> dict[str, Any]:
    """Return the table, or the heat map, of an answer."""
    opening = _Opening(answer, brand)
    shown: dict[str, Any] = {
        "rows": [_row(row, answer, labels, brand, opening) for row in answer.rows[:SHOWN]],
        "whole": _row(answer.whole, answer, [], brand, opening),
        "left_out": max(0, len(answer.rows) - SHOWN),
        "heads": [
            (one.label, one.sentence, one.shared and bool(answer.question.by))
            for one in answer.question.measures
        ],
    }
    if answer.question.show is Look.HEAT and len(answer.question.by) == 2:
        shown["heat"] = _heat(answer, labels, brand, opening)
    return shown


class _Opening:
    """Where figures lead: to the people behind them, and to the same question of one value."""

    def __init__(self, answer: Answer, brand: Brand) -> None:
        self.question = answer.question
        self.people = reverse("explore:people", args=[brand.slug])
        self.listed = [
            {row.keys[at] for row in answer.rows} for at in range(len(answer.question.by))
        ]

    def figure(self, keys: tuple[str, ...], at: int) -> str:
        question = self.question
        if keys:
            question = narrowed_to(question, keys, self.listed)
        one = replace(question, measures=(question.measures[at],), by=(), show=Look.TABLE)
        return self.people + query_of(one)

    def value(self, keys: tuple[str, ...], at: int) -> str:
        """The same question of one value only, no longer by its dimension."""
        if keys[at] == OTHERS:
            return ""
        alone = replace(self.question, by=(self.question.by[at],))
        rest = tuple(one for one in self.question.by if one is not self.question.by[at])
        only = narrowed_to(alone, (keys[at],), [self.listed[at]])
        return query_of(replace(only, by=rest, compare=self.question.compare))


def _row(
    row: Row, answer: Answer, labels: Labels, brand: Brand, opening: _Opening
) -> dict[str, Any]:
    keys = row.keys if labels else ()
    return {
        "names": [(labels[at][key], opening.value(keys, at)) for at, key in enumerate(keys)],
        "figures": [
            _figure(row, answer, at, brand, opening.figure(keys, at))
            for at in range(len(answer.question.measures))
        ],
    }


def _figure(row: Row, answer: Answer, at: int, brand: Brand, url: str) -> dict[str, Any]:
    measure = answer.question.measures[at]
    figure, whole = row.figures[measure.key], answer.whole.figures[measure.key]
    part = figure / whole if measure.shared and figure and whole and whole > 0 else None
    grown, way = change(figure, row.before[measure.key])
    return {
        "text": say(figure, measure, brand),
        "url": url if figure else "",
        "in_shares": measure.shared and bool(answer.question.by),
        "share": percent(part) if part is not None and row is not answer.whole else "",
        "grown": grown if answer.question.compare else "",
        "way": way,
    }


def _heat(answer: Answer, labels: Labels, brand: Brand, opening: _Opening) -> dict[str, Any]:
    measure = answer.question.measures[0]
    places, (down, across) = in_two(answer)
    known = [figure for keys, figure in places.items() if OTHERS not in keys and figure]
    most = max(known, default=0.0)
    return {
        "across": [labels[1][key] for key in across],
        "rows": [
            {
                "name": labels[0][key],
                "cells": [
                    {
                        "text": say(places[key, other], measure, brand, whole=True),
                        "heat": heat(places[key, other], most),
                        "url": opening.figure((key, other), 0),
                    }
                    if (key, other) in places
                    else {"text": "", "heat": 0, "url": ""}
                    for other in across
                ],
            }
            for key in down
        ],
    }
