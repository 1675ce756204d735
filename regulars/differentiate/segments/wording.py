"""Say a tree as a sentence, in English or Chinese."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from regulars.differentiate.segments.family import Comparison, Condition
from regulars.differentiate.segments.operators import Takes
from regulars.differentiate.segments.tree import Group, Match, Node
from regulars.differentiate.segments.values import show_value
from regulars.differentiate.segments.windows import say_window
from regulars.organization.public import Brand

MOST_SAID = 8


def sentence_of(node: Node, *, brand: Brand, language: str) -> str:
    """Say a tree as one sentence in a language."""
    with override(language):
        return str(capfirst(phrase_of(node, brand)))


def phrase_of(node: Node, brand: Brand) -> str:
    """Say a node as a part of a sentence, in the active language."""
    if isinstance(node, Condition):
        return say_condition(node, brand)
    said = [_inner(inner, brand) for inner in node.nodes]
    if node.match == Match.NONE:
        return _("not: %(phrase)s") % {"phrase": _listed(said, pgettext("conditions", ", nor "))}
    if node.match == Match.ANY:
        return _listed(said, pgettext("conditions", ", or "))
    return _listed(said, pgettext("conditions", ", and "))


def say_part(within: Sequence[str], without: Sequence[str] = ()) -> str:
    """Say who is in all segments of some names, and in none of others."""
    said = _listed(within, pgettext("segments", " and "))
    if not without:
        return said
    others = _listed(without, pgettext("segments", " or "))
    return _("%(within)s, not %(without)s") % {"within": said, "without": others}


def say_condition(condition: Condition, brand: Brand) -> str:
    """Say a condition, in the active language."""
    family = condition.family
    if family.phrase and (own := family.phrase(condition, brand)):
        return own
    label = str(condition.about.subject.label)
    if family.noun:
        told = {"noun": family.noun(condition, brand), "label": label}
        label = pgettext("condition", "“%(noun)s”: %(label)s") % told
    counted = say_counted(condition, label, brand)
    return _compared(counted, condition.about, brand)


def say_counted(condition: Condition, label: str, brand: Brand) -> str:
    """Say what is counted: a label, with its filters and its window."""
    if condition.where:
        told = {"label": label, "filters": say_filters(condition.where, brand)}
        label = pgettext("condition", "%(label)s (%(filters)s)") % told
    if condition.window.ever:
        return label
    told = {"label": label, "window": say_window(condition.window)}
    return pgettext("condition", "%(label)s %(window)s") % told


def say_filters(where: Sequence[Comparison], brand: Brand) -> str:
    """Say what facts are narrowed by."""
    return pgettext("filters", ", ").join(say_filter(one, brand) for one in where)


def say_filter(one: Comparison, brand: Brand) -> str:
    """Say one filter: its subject and how it is compared."""
    return _compared(str(one.subject.label), one, brand)


def say_comparison(one: Comparison, brand: Brand) -> str:
    """Say an operator with its values."""
    shown = [show_value(value, one.subject, brand) for value in one.values]
    if one.operator.takes in {Takes.DAYS, Takes.PATTERN}:
        shown = [str(value) for value in one.values]
    told = {
        "value": shown[0] if shown else "",
        "first": shown[0] if shown else "",
        "last": shown[-1] if shown else "",
        "choices": _choices(shown),
    }
    return str(one.operator.phrase) % told


def _compared(counted: str, one: Comparison, brand: Brand) -> str:
    if one.operator.key == "yes":
        return counted
    if one.operator.key == "no":
        return _("not: %(phrase)s") % {"phrase": counted}
    told = {"counted": counted, "compared": say_comparison(one, brand)}
    return pgettext("condition", "%(counted)s %(compared)s") % told


def _choices(shown: Sequence[str]) -> str:
    said = _listed(shown[:MOST_SAID], pgettext("choices", " or "))
    more = len(shown) - MOST_SAID
    return said if more <= 0 else _("%(said)s or %(more)s more") % {"said": said, "more": more}


def _inner(node: Node, brand: Brand) -> str:
    said = phrase_of(node, brand)
    grouped = isinstance(node, Group) and len(node.nodes) > 1 and node.match != Match.NONE
    return pgettext("condition", "(%(phrase)s)") % {"phrase": said} if grouped else said


def _listed(said: Sequence[str], joint: str) -> str:
    return joint.join(said)
