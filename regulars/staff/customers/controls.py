"""The filters of the list of customers: what each asks, what it offers, and how it is said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from regulars.differentiate.metrics.public import (
    CELL_WORDS,
    FREQUENCY_WORDS,
    METRICS,
    NO_CELL,
    RECENCY_WORDS,
    Kind,
)
from regulars.differentiate.segments.public import Segment, say_part
from regulars.identify.customers.public import Customer, Field, FieldKind
from regulars.organization.public import Branch, Brand
from regulars.staff.customers.asked import COLUMNS, OWN, Asked, segments_named

Options = Sequence[tuple[str, str | Promise]]
SUGGESTED = ("city", "country", "source", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One filter. It offers ``groups`` of options, or ``suggested`` texts, or asks from and to.

    ``usual`` ones stand over the list, the others open below them. ``said`` is what is asked now.
    """

    name: str
    label: str
    groups: Sequence[tuple[str, Options]] = ()
    suggested: Sequence[str] = ()
    span: bool = False
    date: bool = False
    usual: bool = False
    value: str = ""
    least: int | str | None = None
    most: int | str | None = None

    @property
    def options(self) -> Options:
        return [option for _title, options in self.groups for option in options]

    @property
    def said(self) -> str:
        if self.span:
            return self._span()
        return str(dict(self.options).get(self.value, self.value))

    def _span(self) -> str:
        ends = [self._end(end) for end in (self.least, self.most)]
        if ends[0] and ends[1]:
            return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
        return f"≥ {ends[0]}" if ends[0] else f"≤ {ends[1]}" if ends[1] else ""

    def _end(self, end: int | str | None) -> str:
        if isinstance(end, int):
            return f"{end:,}"
        return date_format(day) if end and (day := parse_date(end)) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter in force, and the address of the list without it."""

    label: str
    said: str
    url: str


def controls(
    question: Asked,
    *,
    brand: Brand,
    branches: Sequence[Branch],
    fields: Sequence[Field],
    segments: Sequence[Segment],
    known: Mapping[str, Sequence[str]],
) -> list[Control]:
    """Return the filters in the order of the page, with what the question asks."""
    return [
        *_usual(question, branches, known),
        *_segment(question, segments),
        *_spans(question, brand),
        *_profile(question, known),
        *(_own(question, field) for field in fields),
    ]


def chips(question: Asked, shown: Sequence[Control]) -> list[Chip]:
    """Return the filters in force."""
    found = [
        Chip(label=one.label, said=one.said, url=question.without(one.name))
        for one in shown
        if one.said
    ]
    if question.leaving:
        url = question.without("leaving")
        found.append(Chip(label="", said=_("About to leave the active window"), url=url))
    return found


def _usual(
    question: Asked, branches: Sequence[Branch], known: Mapping[str, Sequence[str]]
) -> Iterator[Control]:
    yield _choice(question, "cell", str(METRICS["cell"].label), usual=True, groups=list(_cells()))
    due = METRICS["due_state"]
    groups = [("", list(due.states.items()))]
    yield _choice(question, "due", str(due.label), usual=True, groups=groups)
    if branches:
        options = [(str(branch.pk), branch.name) for branch in branches]
        yield _choice(question, "branch", _("Home branch"), usual=True, groups=[("", options)])
    yield _choice(question, "city", _("City"), usual=True, suggested=known.get("city", ()))


def _segment(question: Asked, segments: Sequence[Segment]) -> Iterator[Control]:
    if segments:
        named = {segment.pk: segment.name for segment in segments}
        chosen = question.exact.get("segment", "")
        options = {str(segment.pk): segment.name for segment in segments if segment.in_use}
        if chosen:
            options[chosen] = _crossed(segments_named(question), named)
        groups = [("", list(options.items()))]
        yield _choice(question, "segment", _("Segment"), usual=True, groups=groups)


def _crossed(numbers: Sequence[int], named: Mapping[int, str]) -> str:
    within = [named.get(number, "?") for number in numbers if number >= 0]
    return say_part(within, [named.get(-number, "?") for number in numbers if number < 0])


def _cells() -> Iterator[tuple[str, Options]]:
    yield pgettext("cell", "Last visit"), [(f"{one}/", word) for one, word in RECENCY_WORDS.items()]
    yield (
        pgettext("cell", "How often"),
        [(f"/{one}", word) for one, word in FREQUENCY_WORDS.items()],
    )
    for recency, word in RECENCY_WORDS.items():
        yield str(word), [one for one in CELL_WORDS.items() if one[0].startswith(f"{recency}/")]


def _cells_before() -> Iterator[tuple[str, Options]]:
    yield "", [(NO_CELL, _("not yet a customer"))]
    _rows, _columns, *cells = _cells()
    yield from cells


def _spans(question: Asked, brand: Brand) -> Iterator[Control]:
    worth = _("Net value, %(currency)s") % {"currency": brand.currency}
    yield _span(question, "net", worth)
    for name in ("visits", "recency", "first"):
        metric = METRICS[COLUMNS.get(name, name)]
        yield _span(question, name, str(metric.label), date=metric.kind is Kind.DAY)
    groups = list(_cells_before())
    yield _choice(question, "before", str(METRICS["cell_before"].label), groups=groups)
    for score in "rfm":
        yield _span(question, score, str(METRICS[score].label))


def _profile(question: Asked, known: Mapping[str, Sequence[str]]) -> Iterator[Control]:
    genders = [(str(value), str(word)) for value, word in _genders() if value]
    yield _choice(question, "gender", _("Gender"), groups=[("", genders)])
    names = dict(settings.LANGUAGES)
    spoken = [(code, names.get(code, code)) for code in known.get("language", ())]
    yield _choice(question, "language", _("Language"), groups=[("", spoken)])
    yield _choice(question, "country", _("Country"), suggested=known.get("country", ()))
    yield _choice(question, "source", _("Source"), suggested=known.get("source", ()))


def _genders() -> Any:
    return Customer._meta.get_field("gender").flatchoices


def _own(question: Asked, field: Field) -> Control:
    name = OWN + field.key
    if field.kind in {FieldKind.NUMBER, FieldKind.DATE}:
        return _span(question, name, field.label, date=field.kind == FieldKind.DATE)
    if field.kind == FieldKind.YES_NO:
        return _choice(
            question, name, field.label, groups=[("", [("true", _("yes")), ("false", _("no"))])]
        )
    options = [(str(one), str(one)) for one in field.choices]
    return _choice(question, name, field.label, groups=[("", options)] if options else ())


def _choice(question: Asked, name: str, label: str, **offered: Any) -> Control:
    return Control(name=name, label=label, value=question.exact.get(name, ""), **offered)


def _span(question: Asked, name: str, label: str, *, date: bool = False) -> Control:
    least, most = question.at_least.get(name), question.at_most.get(name)
    return Control(name=name, label=label, span=True, date=date, least=least, most=most)
