"""Read a draft out of the form it travels in.

Nodes stand in the order in which they are read, each with the key of the group it is in. What was
typed is kept as it is where it makes no sense: reading the tree then says so, at its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from regulars.differentiate.segments.draft import Draft, DraftCondition, DraftGroup
from regulars.differentiate.segments.family import Extra, Family, families
from regulars.differentiate.segments.operators import OPERATORS, Operator
from regulars.differentiate.segments.packing import unpack
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.builder.fields import OTHER
from regulars.differentiate.segments.staff.builder.typed import typed_values, whole
from regulars.differentiate.segments.staff.builder.windows import begins
from regulars.differentiate.segments.starting import compared_anew
from regulars.differentiate.segments.tree import Match, read_nothing_deeper
from regulars.differentiate.segments.values import Subject
from regulars.organization.public import Brand

AN_ORDER = "*"
WINDOWS: Mapping[str, tuple[str, ...]] = {
    "moving": ("last", "unit"),
    "earlier": ("last", "until", "unit"),
    "fixed": ("from", "to"),
    "this": ("this",),
    "previous": ("previous",),
    "after": ("days", "after"),
    "before": ("days", "before"),
}
WHOLE = {"last", "until", "days"}


@dataclass(slots=True)
class Reader:
    """Reads the parts of conditions of one brand."""

    posted: QueryDict
    brand: Brand
    masked: bool = False

    def draft(self) -> Draft:
        """Return the draft. Raises NotATree when it is nested beyond measure."""
        groups: dict[str, DraftGroup] = {}
        depths: dict[str, int] = {}
        top: DraftGroup | None = None
        for key in self.posted.getlist("node"):
            if not (key[:1] == "n" and key[1:].isdecimal() and len(key) < 8) or key in depths:
                continue
            above = groups.get(self.posted.get(f"{key}.in", ""), top)
            depths[key] = depths[above.key] + 1 if above else 0
            read_nothing_deeper(depths[key])
            match = self.posted.get(f"{key}.match", "")
            if match in set(Match) or above is None:
                found = DraftGroup(key=key, match=Match(match or "all"))
                groups[key] = found
                top = top or found
                node: DraftGroup | DraftCondition = found
            else:
                node = DraftCondition(key=key, told=self.condition(key))
            if above is not None:
                above.nodes.append(node)
        return Draft(top=top or DraftGroup(key="n1"))

    def condition(self, key: str) -> dict[str, Any]:
        """Return a condition as JSON."""
        name = self.posted.get(f"{key}.condition", "")
        family = families().get(name)
        if family is None:
            return {"condition": name}
        told: dict[str, Any] = {"condition": name, **self.compared(key, family)}
        where = self.filters(key, family)
        if where:
            told["where"] = where
        window = self.window(key)
        if window:
            told["window"] = window
        for extra in family.extras:
            given = self.input(f"{key}.{extra.name}", extra)
            if given is not None:
                told[extra.name] = given
        return told

    def filters(self, prefix: str, family: Family) -> list[dict[str, Any]]:
        """Return the filters of a condition, or of a step, as JSON."""
        numbers = self.posted.getlist(f"{prefix}.where")
        return [self.compared(f"{prefix}.where.{nth}", family, filtering=True) for nth in numbers]

    def compared(self, prefix: str, family: Family, *, filtering: bool = False) -> dict[str, Any]:
        """Return what a condition or a filter compares; anew when another subject was chosen."""
        about = self._about(prefix, family.filter_named if filtering else family.named)
        if about is None:
            return {}
        subject = self._subject(family, about, filtering=filtering)
        if subject is None:
            return self._kept(prefix, about)
        if self.posted.get(f"{prefix}.kind") != subject.kind:
            return compared_anew(subject)
        return {"about": about, **self._held_against(prefix, subject)}

    def window(self, key: str) -> dict[str, Any]:
        """Return a window as JSON; nothing for ever."""
        shape = self.posted.get(f"{key}.window", "")
        told: dict[str, Any] = {}
        for name in WINDOWS.get(shape, ()):
            given = self.posted.get(f"{key}.window.{name}")
            if given is None:
                told |= begins(shape, name)
            elif given.strip():
                told[name] = whole(given) if name in WHOLE else given
            elif name in WHOLE:
                told[name] = None
        return told or ({"from": ""} if shape == "fixed" else {})

    def input(self, prefix: str, extra: Extra) -> Any:
        """Return an input of a family's own as JSON; None when it is empty."""
        if extra.shape == "step":
            return self._step(prefix)
        given = self.posted.get(prefix, "").strip()
        if given == OTHER:
            return self.posted.get(f"{prefix}.other", "").strip()
        if extra.shape == "number":
            return whole(given) if given else None
        return given or None

    def _step(self, prefix: str) -> dict[str, Any]:
        given = self.posted.get(prefix, AN_ORDER).strip()
        given = self.posted.get(f"{prefix}.other", "").strip() if given == OTHER else given
        told: dict[str, Any] = {"order": True} if given == AN_ORDER else {"event": given}
        where = self.filters(prefix, families()["events" if "event" in told else "orders"])
        return told | ({"where": where} if where else {})

    def _subject(self, family: Family, about: str, *, filtering: bool) -> Subject | None:
        return subject_of(family, about, self.brand, filtering=filtering, masked=self.masked)

    def _about(self, prefix: str, stems: Mapping[str, Any]) -> str | None:
        about = self.posted.get(f"{prefix}.about")
        if about in stems:
            return f"{about}.{self.posted.get(f'{prefix}.name', '').strip()}"
        return about

    def _held_against(self, prefix: str, subject: Subject) -> dict[str, Any]:
        operator = OPERATORS.get(self.posted.get(f"{prefix}.is", ""))
        if operator is None or subject.kind not in operator.kinds:
            return {name: one for name, one in compared_anew(subject).items() if name != "about"}
        return {"is": operator.key, **self._value(prefix, operator, subject)}

    def _value(self, prefix: str, operator: Operator, subject: Subject) -> dict[str, Any]:
        given = [one for one in self.posted.getlist(f"{prefix}.value") if one.strip()]
        value = typed_values(given, operator, subject, self.brand)
        return {} if value is None else {"value": value}

    def _kept(self, prefix: str, about: str) -> dict[str, Any]:
        """Return what was told about something that is no longer there."""
        try:
            told = unpack(self.posted.get(f"{prefix}.kept", ""))
        except NotATree:
            told = {}
        kept = (
            {key: told[key] for key in ("is", "value") if key in told}
            if isinstance(told, dict)
            else {}
        )
        return {"about": about, **kept}


def subject_of(
    family: Family, key: Any, brand: Brand, *, filtering: bool = False, masked: bool = False
) -> Subject | None:
    """Return the subject of a key, listed or looked up; None when there is none to be seen."""
    listed = family.filters if filtering else family.subjects
    found = {one.key: one for one in (listed(brand) if listed else ())}.get(str(key))
    lookup = family.filter if filtering else family.subject
    if found is None and lookup is not None and isinstance(key, str):
        found = lookup(brand, key)
    if found is None and family.retired is not None:
        found = family.retired(brand, str(key))
    return None if found is None or (masked and found.personal) else found


def draft_from(posted: QueryDict, brand: Brand, *, masked: bool = False) -> Draft:
    """Return the draft that a form holds. Raises NotATree."""
    return Reader(posted, brand, masked).draft()


def kept(given: QueryDict) -> dict[str, str]:
    """Return what stands beside the tree in a form or an address, as far as it was told."""
    return {name: str(given[name]) for name in ("name", "note", "since") if given.get(name)}
