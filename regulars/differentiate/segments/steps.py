"""Steps of a sequence: something that happened, or something that was bought."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from regulars.differentiate.segments.family import Comparison, families
from regulars.differentiate.segments.ground import Ground, in_window
from regulars.differentiate.segments.happenings import LONGEST_KIND, happened, label_of_kind
from regulars.differentiate.segments.problem import Path, refuse
from regulars.differentiate.segments.purchases import orders
from regulars.differentiate.segments.tree import read_filters
from regulars.differentiate.segments.windows import EVER, Window
from regulars.differentiate.segments.wording import say_filters
from regulars.organization.public import Brand

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "event": {"type": "string", "minLength": 1, "maxLength": LONGEST_KIND},
        "order": {"const": True},
        "where": {"type": "array", "items": {"$ref": "#/$defs/filter"}},
    },
    "oneOf": [{"required": ["event"]}, {"required": ["order"]}],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An event of a kind, or with none an order; narrowed by filters of events or of orders."""

    kind: str
    where: tuple[Comparison, ...]

    def __str__(self) -> str:
        return f"{self.kind} {[one.told for one in self.where]}"


def read_step(given: Any, brand: Brand, path: Path) -> Step:
    """Take a step out of JSON. Raises NotATree."""
    keys = set(given) if isinstance(given, dict) else set()
    if keys - {"where"} not in ({"event"}, {"order"}):
        raise refuse(path, _("A step is written as {“event”: …} or {“order”: true}."))
    kind = given.get("event", "")
    if "event" in given and not (isinstance(kind, str) and 0 < len(kind) <= LONGEST_KIND):
        raise refuse((*path, "event"), _("The kind of an event is needed here."))
    if "order" in given and given["order"] is not True:
        raise refuse((*path, "order"), _("Write “order”: true, or leave it out."))
    family = families()["events" if kind else "orders"]
    where = read_filters(given.get("where"), family, brand=brand, path=(*path, "where"))
    return Step(kind=kind, where=where)


def say_step(step: Step, brand: Brand) -> str:
    """Say a step, in the active language."""
    said = label_of_kind(step.kind) if step.kind else _("order")
    if step.where:
        told = {"label": said, "filters": say_filters(step.where, brand)}
        said = pgettext("condition", "%(label)s (%(filters)s)") % told
    return f"“{said}”"


def moments(step: Step, ground: Ground, *, window: Window = EVER) -> ibis.Table:
    """Return when a step was taken: ``customer_id`` and ``at``."""
    if step.kind:
        found = happened(ground, step.kind, where=step.where, window=window)
    else:
        time = EVER if window.hours else window
        found = orders(ground, where=step.where, window=time, of_orders=("at",))
        found = in_window(found, window, ground) if window.hours else found
    return found.select("customer_id", at=found.at.cast("timestamp('UTC')"))
