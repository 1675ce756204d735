"""What conditions speak of: subjects, the kinds of their values, and values given for them."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.public import Kind, Metric
from regulars.differentiate.segments.problem import Path, refuse
from regulars.lib.money import format_money
from regulars.organization.public import Brand

LONGEST_TEXT = 200
LARGEST = 10**15
Text = str | Promise
Value: TypeAlias = int | float | str | date


class ValueKind(StrEnum):
    """``money`` is whole minor units of the brand's currency; ``choice`` one of few words.

    ``path`` is a text of parts from the general to the special, as in "Tea / Green". ``yes_no`` may
    be unknown, ``whether`` never is.
    """

    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    PATH = "path"
    CHOICE = "choice"
    DAY = "day"
    YES_NO = "yes_no"
    WHETHER = "whether"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a condition is about: a figure, a word or a day that each person has or has not.

    ``options`` are the words of a choice with their labels. ``group`` gathers subjects in a list.
    ``words`` finds some that are in use and contain a text, the most frequent first. What is
    ``personal`` is asked about, and its values are seen, only by who may see personal data.
    """

    key: str
    label: Text
    kind: ValueKind
    options: Mapping[str, Text] = field(default_factory=dict)
    group: Text = ""
    words: Callable[[Brand, str], Sequence[str]] | None = None
    personal: bool = False


def visible(subjects: Iterable[Subject], *, masked: bool) -> list[Subject]:
    """Leave out what is personal for who may not see personal data."""
    return [one for one in subjects if not (masked and one.personal)]


def subject_of(metric: Metric, *, group: Text = "") -> Subject:
    """Speak of a metric in conditions."""
    return Subject(
        key=metric.key,
        label=metric.phrase,
        kind=_KINDS[metric.kind],
        options=metric.states,
        group=group,
    )


def read_value(given: Any, subject: Subject, path: Path) -> Value:
    """Take a value out of JSON as the subject's kind has it. Raises NotATree."""
    return _READ[subject.kind](given, subject, path)


def show_value(value: Value | None, subject: Subject, brand: Brand) -> str:
    """Write a value for reading, in the active language."""
    if value is None:
        return _("unknown")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value)
    if subject.kind == ValueKind.MONEY:
        return format_money(round(float(value)), brand.currency, get_language() or "en")
    if subject.kind == ValueKind.NUMBER:
        number = float(value)
        shown = int(number) if number.is_integer() else round(number, 2)
        return number_format(shown, use_l10n=True, force_grouping=True)
    return str(subject.options.get(str(value), value))


def _number(given: Any, _subject: Subject, path: Path) -> Value:
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise refuse(path, _("A number is needed here."))
    if not math.isfinite(given) or abs(given) >= LARGEST:
        raise refuse(path, _("This number is too large."))
    return given


def _money(given: Any, subject: Subject, path: Path) -> Value:
    amount = _number(given, subject, path)
    if not isinstance(amount, int):
        raise refuse(path, _("An amount is a whole number of the currency's smallest unit."))
    return amount


def _text(given: Any, _subject: Subject, path: Path) -> Value:
    if not isinstance(given, str) or not given.strip():
        raise refuse(path, _("A text is needed here."))
    if len(given) > LONGEST_TEXT:
        raise refuse(path, _("A text has at most %(limit)s characters.") % {"limit": LONGEST_TEXT})
    return given.strip()


def _choice(given: Any, subject: Subject, path: Path) -> Value:
    word = _text(given, subject, path)
    if word not in subject.options:
        known = ", ".join(list(subject.options)[:20])
        raise refuse(path, _("“%(word)s” is none of: %(known)s.") % {"word": word, "known": known})
    return word


def _day(given: Any, _subject: Subject, path: Path) -> Value:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise refuse(path, _("A day is written like 2026-01-31.")) from None


def _nothing(_given: Any, _subject: Subject, path: Path) -> Value:
    raise refuse(path, _("No value is needed here."))


_KINDS = {
    Kind.NUMBER: ValueKind.NUMBER,
    Kind.DAYS: ValueKind.NUMBER,
    Kind.SCORE: ValueKind.NUMBER,
    Kind.MONEY: ValueKind.MONEY,
    Kind.DAY: ValueKind.DAY,
    Kind.STATE: ValueKind.CHOICE,
    Kind.YES_NO: ValueKind.YES_NO,
}
_READ: dict[ValueKind, Callable[[Any, Subject, Path], Value]] = {
    ValueKind.NUMBER: _number,
    ValueKind.MONEY: _money,
    ValueKind.TEXT: _text,
    ValueKind.PATH: _text,
    ValueKind.CHOICE: _choice,
    ValueKind.DAY: _day,
    ValueKind.YES_NO: _nothing,
    ValueKind.WHETHER: _nothing,
}
