"""Conditions about whom a person buys for: children, partners, pets."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.segments.birthdays import age_on, days_until_birthday, next_age
from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import WHO
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.segments.words import words_of
from regulars.identify.customers.public import MemberKind
from regulars.organization.public import Brand

NUMBER = ValueKind.NUMBER
SUBJECTS = (
    Subject(key="members", label=_("number of household members"), kind=NUMBER),
    Subject(key="youngest", label=_("age of the youngest household member"), kind=NUMBER),
    Subject(key="oldest", label=_("age of the oldest household member"), kind=NUMBER),
)


def subjects(_brand: Brand) -> Sequence[Subject]:
    return SUBJECTS


def filters(_brand: Brand) -> Sequence[Subject]:
    kinds = {str(kind.value): kind.label for kind in MemberKind}
    return (
        Subject(key="kind", label=_("member"), kind=ValueKind.CHOICE, options=kinds),
        Subject(
            key="species",
            label=_("species"),
            kind=ValueKind.TEXT,
            words=words_of("household", "species"),
        ),
        Subject(
            key="gender",
            label=_("gender"),
            kind=ValueKind.TEXT,
            words=words_of("household", "gender"),
        ),
        Subject(
            key="stage",
            label=_("stage of life"),
            kind=ValueKind.TEXT,
            words=words_of("household", "stage"),
        ),
        Subject(key="age", label=_("age"), kind=NUMBER),
        Subject(key="next_age", label=_("age on the next birthday"), kind=NUMBER, personal=True),
        Subject(key="birthday_in", label=_("days until the birthday"), kind=NUMBER, personal=True),
        Subject(key="born_on", label=_("date of birth"), kind=ValueKind.DAY, personal=True),
    )


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    def counted() -> ibis.Table:
        members = _members(ground)
        kept = [one.holds(members[one.subject.key], ground.day) for one in condition.where]
        members = members.filter(*kept) if kept else members
        return members.group_by("customer_id").agg(
            members=members.count(), youngest=members.age.min(), oldest=members.age.max()
        )

    key = condition.about.subject.key
    found = ground.beside(condition.counted, key, counted)
    return found.fill_null(0) if key == "members" else found


def _members(ground: Ground) -> ibis.Table:
    known = ground.theirs(ground.of_brand("household"))
    words = {name: known[name].nullif("") for name in ("kind", "species", "gender", "stage")}
    return known.select(
        "customer_id",
        "born_on",
        age=age_on(known.born_on, ground.day),
        next_age=next_age(known.born_on, ground.day),
        birthday_in=days_until_birthday(known.born_on, ground.day),
        **words,
    )


declare(
    Family(
        key="household",
        label=_("Household"),
        subjects=subjects,
        measure=measure,
        filters=filters,
        group=WHO,
    )
)
