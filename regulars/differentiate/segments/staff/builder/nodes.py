"""A draft as the page draws it: nodes with their forms, and what is wrong with each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from regulars.differentiate.segments.draft import Draft, DraftCondition, DraftGroup, DraftNode
from regulars.differentiate.segments.family import Extra, Family, families
from regulars.differentiate.segments.operators import OPERATORS
from regulars.differentiate.segments.packing import pack
from regulars.differentiate.segments.staff.builder.fields import (
    OTHER,
    Field,
    Problems,
    about_field,
    name_field,
    operator_field,
    select,
    value_fields,
)
from regulars.differentiate.segments.staff.builder.reading import AN_ORDER, subject_of
from regulars.differentiate.segments.staff.builder.windows import WindowForm, window_form
from regulars.differentiate.segments.tree import DEEPEST
from regulars.differentiate.segments.values import Subject
from regulars.organization.public import Brand


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonForm:
    """What is asked about, how it is compared and with what."""

    prefix: str
    kind: str
    about: Field
    name: Field | None
    operator: Field | None
    values: Sequence[Field]
    kept: str = ""  # what was told of something that is no longer there, packed


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltersForm:
    """The filters on facts, of a condition or of a step."""

    prefix: str
    rows: Sequence[ComparisonForm]

    @property
    def id(self) -> str:
        return self.prefix.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraForm:
    """An input that only one family has; a step brings filters of its own."""

    field: Field
    other: Field | None = None
    filters: FiltersForm | None = None


@dataclass(slots=True, kw_only=True)
class NodeForm:
    """A node: a group with its nodes, or a condition with its form."""

    key: str
    above: str
    match: str = ""
    nodes: list["NodeForm"] = field(default_factory=list)
    family: Family | None = None
    about: ComparisonForm | None = None
    window: WindowForm | None = None
    extras: Sequence[ExtraForm] = ()
    filters: FiltersForm | None = None
    problems: Sequence[str] = ()
    unfinished: bool = False
    first: bool = False
    last: bool = False
    depth: int = 0

    @property
    def asks_unknown(self) -> bool:
        """Whether it is asked itself if something is unknown."""
        operator = self.about and self.about.operator
        chosen = {option.value for option in operator.options if option.chosen} if operator else {}
        return bool({"known", "unknown"} & set(chosen))

    @property
    def is_top(self) -> bool:
        return not self.above

    @property
    def may_nest(self) -> bool:
        return self.depth < DEEPEST


def forms_of(
    draft: Draft,
    brand: Brand,
    wrong: Mapping[str, Problems],
    *,
    strict: bool = False,
    masked: bool = False,
) -> NodeForm:
    """Return the forms of a draft; a ``strict`` one takes what is missing for a mistake.

    Who is ``masked`` is not offered what is personal; where it is asked, it stays as it is.
    """
    return _Forms(brand, wrong, strict=strict, masked=masked).node(draft.top, above="", depth=0)


class _Forms:
    def __init__(
        self, brand: Brand, wrong: Mapping[str, Problems], *, strict: bool, masked: bool
    ) -> None:
        self.brand, self.wrong, self.strict, self.masked = brand, wrong, strict, masked
        self._subjects: dict[tuple[str, str], Sequence[Subject]] = {}

    def node(self, node: DraftNode, *, above: str, depth: int) -> NodeForm:
        problems = self.wrong.get(node.key, {})
        if isinstance(node, DraftGroup):
            nodes = [self.node(one, above=node.key, depth=depth + 1) for one in node.nodes]
            if nodes:
                nodes[0].first = nodes[-1].last = True
            form = NodeForm(
                key=node.key, above=above, match=str(node.match), nodes=nodes, depth=depth
            )
            form.unfinished = not nodes
        else:
            lacking = unfinished(node.told, problems)
            seen = {} if lacking and not self.strict else problems
            form = self.condition(node, above, depth, seen)
            form.unfinished = lacking
        form.problems = list(dict.fromkeys(problems.values()))
        if form.unfinished and not self.strict:
            form.problems = []
        return form

    def condition(
        self, node: DraftCondition, above: str, depth: int, problems: Problems
    ) -> NodeForm:
        family = families().get(str(node.told.get("condition")))
        form = NodeForm(key=node.key, above=above, depth=depth, family=family)
        if family is None:
            return form
        if self.listed(family, filtering=False) or family.subject or "about" in node.told:
            form.about = self.comparison(node.key, node.told, family, problems)
        form.window = window_form(node.key, node.told, family, problems)
        form.extras = [
            self.input(node.key, extra, node.told.get(extra.name), problems)
            for extra in family.extras
        ]
        form.filters = self.filters(node.key, node.told.get("where"), family, problems)
        return form

    def comparison(
        self, prefix: str, told: Mapping[str, Any], family: Family, problems: Problems,
        *, filtering: bool = False,
    ) -> ComparisonForm:  # fmt: skip
        chosen = told.get("about", "")
        listed = self.listed(family, filtering=filtering)
        offered = [one for one in listed if one.key == chosen or not self.hides(one)]
        named = family.filter_named if filtering else family.named
        answers = {} if filtering else family.answers
        subject = subject_of(family, chosen, self.brand, filtering=filtering, masked=self.masked)
        wrong = {str(path[0]) if path else "" for path in problems}
        if subject is not None and subject not in offered and subject.key not in named:
            offered += [subject] if family.retired else []
        about = about_field(prefix, offered, named, chosen=chosen, wrong="about" in wrong)
        name = name_field(prefix, offered, named, chosen=chosen)
        if subject is None:
            kept = {key: told[key] for key in ("is", "value") if key in told}
            return ComparisonForm(prefix=prefix, kind="", about=about, name=name, operator=None,
                                  values=[], kept=pack(kept))  # fmt: skip
        operator = OPERATORS.get(str(told.get("is")))
        fits = operator is not None and subject.kind in operator.kinds
        return ComparisonForm(
            prefix=prefix,
            kind=str(subject.kind),
            about=about,
            name=name,
            operator=operator_field(
                prefix, subject, answers, chosen=told.get("is"), wrong="is" in wrong
            ),
            values=value_fields(
                prefix,
                told,
                operator,
                subject,
                self.brand,
                problems,
                of=f"{family.key}.where" if filtering else family.key,
            )
            if operator and fits
            else [],
        )

    def filters(
        self, prefix: str, told: Any, family: Family, problems: Problems
    ) -> FiltersForm | None:
        if not family.filters:
            return None
        rows = told if isinstance(told, list) else []
        return FiltersForm(
            prefix=prefix,
            rows=[
                self.comparison(
                    f"{prefix}.where.{nth}", one, family, below(problems, "where", nth),
                    filtering=True,
                )
                for nth, one in enumerate(rows)
                if isinstance(one, Mapping)
            ],
        )  # fmt: skip

    def input(self, key: str, extra: Extra, told: Any, problems: Problems) -> ExtraForm:
        name, inside = f"{key}.{extra.name}", below(problems, extra.name)
        if extra.shape == "step":
            return self.step(name, extra, told if isinstance(told, Mapping) else {}, inside)
        if extra.shape == "choice" and extra.options:
            return _open_choice(name, extra, told, extra.options(self.brand), wrong=bool(inside))
        shape = "number" if extra.shape == "number" else "text"
        value = "" if told is None else str(told)
        return ExtraForm(
            field=Field(
                name=name, label=str(extra.label), shape=shape, value=value, wrong=bool(inside)
            )
        )

    def step(
        self, name: str, extra: Extra, told: Mapping[str, Any], problems: Problems
    ) -> ExtraForm:
        events = families()["events"]
        kinds = events.extras[0].options
        options = {AN_ORDER: _("an order"), **(kinds(self.brand) if kinds else {})}
        chosen = told.get("event", AN_ORDER)
        form = _open_choice(name, extra, chosen, options, wrong=bool(problems))
        of = events if "event" in told else families()["orders"]
        return ExtraForm(
            field=form.field,
            other=form.other,
            filters=self.filters(name, told.get("where"), of, problems),
        )

    def hides(self, subject: Subject) -> bool:
        return self.masked and subject.personal

    def listed(self, family: Family, *, filtering: bool) -> Sequence[Subject]:
        place = (family.key, "filters" if filtering else "subjects")
        if place not in self._subjects:
            ask: Callable[[Brand], Sequence[Subject]] | None
            ask = family.filters if filtering else family.subjects
            self._subjects[place] = list(ask(self.brand)) if ask else []
        return self._subjects[place]


def below(problems: Problems, *path: str | int) -> Problems:
    """Return the problems inside a part, with the rest of their paths."""
    length = len(path)
    return {one[length:]: said for one, said in problems.items() if one[:length] == path}


def unfinished(told: Mapping[str, Any], problems: Problems) -> bool:
    """Whether a condition only lacks what nobody typed yet."""
    return bool(problems) and all(_missing(told, path) for path in problems)


def _missing(told: Any, path: Sequence[str | int]) -> bool:
    for step in path:
        if isinstance(told, Mapping):
            told = told.get(str(step))
        elif isinstance(told, list) and isinstance(step, int) and step < len(told):
            told = told[step]
    return told is None or told in ("", [], {}, {"last": None})


def _open_choice(
    name: str, extra: Extra, told: Any, options: Mapping[str, Any], *, wrong: bool
) -> ExtraForm:
    listed = dict(options)
    unlisted = told is not None and told not in listed
    if extra.open or extra.shape == "step":
        listed[OTHER] = _("another one …")
    chosen = OTHER if unlisted and OTHER in listed else told
    field_ = select(name, extra.label, listed.items(), chosen=chosen, wrong=wrong)
    other = None
    if chosen == OTHER:
        other = Field(name=f"{name}.other", label=_("Its name"), shape="text",
                      value=str(told or ""), wrong=wrong)  # fmt: skip
    return ExtraForm(field=field_, other=other)
