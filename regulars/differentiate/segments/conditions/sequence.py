"""Conditions about one thing following another within a time, or not following."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import ibis
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from regulars.differentiate.segments.family import Condition, Extra, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import BOUGHT
from regulars.differentiate.segments.problem import Path, refuse
from regulars.differentiate.segments.steps import SCHEMA, moments, read_step, say_step
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.segments.windows import EVER, Window, say_window
from regulars.organization.public import Brand

MOST_HOURS = 24 * 365
SUBJECTS = (
    Subject(key="followed", label=gettext_lazy("the second came in time"), kind=ValueKind.WHETHER),
    Subject(
        key="not_followed",
        label=gettext_lazy("the second did not come in time"),
        kind=ValueKind.WHETHER,
    ),
)


def subjects(_brand: Brand) -> Sequence[Subject]:
    return SUBJECTS


def read_hours(given: Any, _brand: Brand, path: Path) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_HOURS:
        limit = {"most": MOST_HOURS}
        raise refuse(path, _("A number of hours from 1 to %(most)s is needed here.") % limit)
    return given


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    """Whether a first step was followed by the other in time; whether one was not.

    It was not followed once the time is over and the other has not come. What happens at the same
    instant does not follow.
    """
    within = timedelta(hours=condition.extras["within_hours"])

    def found() -> ibis.Table:
        first = moments(condition.extras["first"], ground, window=condition.window)
        after = moments(condition.extras["then"], ground, window=since(condition.window, ground))
        pairs = _each_with_next(first, after)
        due = pairs.at + ibis.interval(seconds=int(within.total_seconds()))
        came = (pairs.next_at <= due).fill_null(False)  # noqa: FBT003
        over = due <= ibis.literal(ground.now)
        return pairs.group_by("customer_id").agg(
            followed=came.any(), not_followed=(~came & over).any()
        )

    value = ground.beside(condition.counted, condition.about.subject.key, found)
    return value.fill_null(False)  # noqa: FBT003


def since(window: Window, ground: Ground) -> Window:
    """Return the time in which what follows can lie: from the window's beginning on."""
    if window.hours:
        return window
    return EVER if window.relative else Window(start=window.span(ground.day)[0])


def _each_with_next(first: ibis.Table, after: ibis.Table) -> ibis.Table:
    """Return the first steps with the instant of the next other step of the same person."""
    both = first.mutate(other=False).union(after.mutate(other=True))
    following = ibis.window(
        group_by=both.customer_id, order_by=[both.at, both.other.desc()], rows=(1, None)
    )
    others = both.other.ifelse(both.at, None)
    steps = both.mutate(next_at=others.min().over(following))
    return steps.filter(~steps.other)


def phrase(condition: Condition, brand: Brand) -> str:
    hours = condition.extras["within_hours"]
    told = {
        "first": say_step(condition.extras["first"], brand),
        "then": say_step(condition.extras["then"], brand),
        "time": _time(hours),
    }
    if condition.about.subject.key == "followed":
        said = _("after %(first)s came %(then)s within %(time)s") % told
    else:
        said = _("after %(first)s no %(then)s came within %(time)s") % told
    if not condition.window.ever:
        timed = {"label": said, "window": say_window(condition.window)}
        said = pgettext("condition", "%(label)s %(window)s") % timed
    if condition.about.operator.key == "no":
        return _("not: %(phrase)s") % {"phrase": said}
    return said


def _time(hours: int) -> str:
    if hours % 24:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


declare(
    Family(
        key="sequence",
        label=gettext_lazy("Sequences"),
        subjects=subjects,
        measure=measure,
        windowed=True,
        hours=True,
        phrase=phrase,
        extras=(
            Extra(
                name="first",
                label=gettext_lazy("first"),
                shape="step",
                read=read_step,
                schema=SCHEMA,
                start={"order": True},
            ),
            Extra(
                name="then",
                label=gettext_lazy("then"),
                shape="step",
                read=read_step,
                schema=SCHEMA,
                start={"order": True},
            ),
            Extra(
                name="within_hours",
                label=gettext_lazy("within hours"),
                shape="number",
                read=read_hours,
                schema={"type": "integer", "minimum": 1, "maximum": MOST_HOURS},
                start=720,
            ),
        ),
        group=BOUGHT,
        hint=gettext_lazy("One thing that was followed by another in time, or was not"),
        start={"about": "not_followed", "is": "yes"},
        answers={"yes": gettext_lazy("at least once"), "no": gettext_lazy("never")},
    )
)
