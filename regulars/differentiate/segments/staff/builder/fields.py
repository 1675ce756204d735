"""The inputs of conditions, as the page draws them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from regulars.differentiate.segments.operators import Operator, Takes, operators_for
from regulars.differentiate.segments.problem import Path
from regulars.differentiate.segments.staff.builder.typed import shown
from regulars.differentiate.segments.values import Subject, Text, ValueKind
from regulars.lib.money import format_money
from regulars.organization.public import Brand

OTHER = "…"
Problems = Mapping[Path, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of several things to choose."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An input: ``shape`` is select, chips, words, number, money, text or day.

    ``about`` says of which subject words are suggested.
    """

    name: str
    label: str
    shape: str
    value: str = ""
    values: Sequence[str] = ()
    groups: Sequence[tuple[str, Sequence[Option]]] = ()
    redraws: bool = False
    wrong: bool = False
    unit: str = ""
    before: str = ""
    about: str = ""
    second: bool = False

    @property
    def id(self) -> str:
        return self.name.replace(".", "-") + ("-2" if self.second else "")

    @property
    def options(self) -> list[Option]:
        return [option for _name, options in self.groups for option in options]


def select(
    name: str,
    label: Text,
    options: Iterable[tuple[str, Text]],
    *,
    chosen: Any,
    wrong: bool = False,
    redraws: bool = True,
) -> Field:
    """Return a choice of one, and of what is chosen although it is not among them."""
    listed = [Option(value=key, label=str(said), chosen=key == chosen) for key, said in options]
    return Field(
        name=name,
        label=str(label),
        shape="select",
        groups=[("", _with_unknown(listed, chosen))],
        redraws=redraws,
        wrong=wrong,
    )


def about_field(
    prefix: str, subjects: Sequence[Subject], named: Mapping[str, Text], *, chosen: Any, wrong: bool
) -> Field:
    """Return the choice of what is asked about, gathered in groups."""
    stem = str(chosen).partition(".")[0] if _is_named(chosen, subjects, named) else chosen
    groups: dict[str, list[Option]] = {}
    for one in subjects:
        option = Option(value=one.key, label=str(one.label), chosen=one.key == stem)
        groups.setdefault(str(one.group), []).append(option)
    for key, label in named.items():
        said = str(label) % {"name": OTHER}
        groups.setdefault(str(_("Properties")), []).append(
            Option(value=key, label=said, chosen=key == stem)
        )
    listed = list(groups.items())
    if not any(option.chosen for _name, options in listed for option in options):
        listed.insert(0, ("", _with_unknown([], stem)))
    return Field(name=f"{prefix}.about", label=_("What is asked"), shape="select", groups=listed,
                 redraws=True, wrong=wrong)  # fmt: skip


def name_field(
    prefix: str, subjects: Sequence[Subject], named: Mapping[str, Text], *, chosen: Any
) -> Field | None:
    """Return the input for the name of a property, where one is asked about."""
    if not _is_named(chosen, subjects, named):
        return None
    name = str(chosen).partition(".")[2]
    return Field(name=f"{prefix}.name", label=_("Name of the property"), shape="text", value=name)


def value_fields(
    prefix: str, told: Mapping[str, Any], operator: Operator, subject: Subject, brand: Brand,
    problems: Problems, *, of: str,
) -> list[Field]:  # fmt: skip
    """Return the inputs for what a subject is compared with; ``of`` says where it is asked."""
    found = _values(prefix, told, operator, subject, brand, problems)
    known = subject.words is not None and operator.takes in {Takes.ONE, Takes.MANY}
    return [replace(one, about=f"{of}.{subject.key}") for one in found] if known else found


def _values(
    prefix: str, told: Mapping[str, Any], operator: Operator, subject: Subject, brand: Brand,
    problems: Problems,
) -> list[Field]:  # fmt: skip
    value = told.get("value")
    wrong = any(path[:1] == ("value",) for path in problems)
    if operator.takes == Takes.NOTHING:
        return []
    if operator.takes == Takes.MANY:
        return [_many(prefix, value, subject, wrong=wrong)]
    if operator.takes == Takes.TWO:
        first, last = (list(value) if isinstance(value, list) else [value, None])[:2]
        return [
            _single(prefix, first, operator, subject, brand, wrong=wrong),
            _single(
                prefix,
                last,
                operator,
                subject,
                brand,
                wrong=wrong,
                before=pgettext("between", "and"),
            ),
        ]
    single = value[0] if isinstance(value, list) and value else value
    return [_single(prefix, single, operator, subject, brand, wrong=wrong)]


def operator_field(
    prefix: str, subject: Subject, answers: Mapping[str, Text], *, chosen: Any, wrong: bool
) -> Field:
    """Return the choice of how a subject is compared; ``answers`` are a family's own words."""
    fits = operators_for(subject.kind)
    listed = [(one.key, answers.get(one.key) or worded(one)) for one in fits]
    return select(f"{prefix}.is", _("How"), listed, chosen=chosen, wrong=wrong)


def worded(operator: Operator) -> str:
    """Return an operator as it reads before its values."""
    return operator.label.replace("“…”", "").strip().removesuffix("…").strip()


def _many(prefix: str, value: Any, subject: Subject, *, wrong: bool) -> Field:
    values = [str(one) for one in value] if isinstance(value, list) else []
    if subject.kind != ValueKind.CHOICE:
        return Field(name=f"{prefix}.value", label=_("Which"), shape="words", values=values,
                     wrong=wrong, redraws=True)  # fmt: skip
    listed = [
        Option(value=key, label=str(label), chosen=key in values)
        for key, label in subject.options.items()
    ]
    gone = [
        Option(value=one, label=one, chosen=True) for one in values if one not in subject.options
    ]
    return Field(name=f"{prefix}.value", label=_("Which"), shape="chips",
                 groups=[("", [*gone, *listed])], wrong=wrong)  # fmt: skip


def _single(
    prefix: str, value: Any, operator: Operator, subject: Subject, brand: Brand, *, wrong: bool,
    before: str = "",
) -> Field:  # fmt: skip
    days = operator.takes == Takes.DAYS
    shape = "number" if days else SHAPES[subject.kind]
    unit = _symbol(brand) if shape == "money" else ""
    return Field(
        name=f"{prefix}.value",
        label=_("Value"),
        shape=shape,
        value=str(value) if days and value is not None else shown(value, subject, brand),
        wrong=wrong,
        unit=unit,
        before=before,
        second=bool(before),
    )


SHAPES = {
    ValueKind.NUMBER: "number",
    ValueKind.MONEY: "money",
    ValueKind.TEXT: "text",
    ValueKind.PATH: "text",
    ValueKind.CHOICE: "text",
    ValueKind.DAY: "day",
    ValueKind.YES_NO: "text",
    ValueKind.WHETHER: "text",
}


def _is_named(chosen: Any, subjects: Sequence[Subject], named: Mapping[str, Text]) -> bool:
    listed = {one.key for one in subjects}
    return str(chosen) not in listed and str(chosen).partition(".")[0] in named


def _with_unknown(listed: list[Option], chosen: Any) -> list[Option]:
    if any(option.chosen for option in listed):
        return listed
    gone = Option(value=str(chosen or ""), label=str(chosen or ""), chosen=True)
    return [gone, *listed]


def _symbol(brand: Brand) -> str:
    return format_money(0, brand.currency, get_language() or "en", whole=True).rstrip("0").strip()
