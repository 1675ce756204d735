"""Conditions about the fields that staff defined for their customers."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import WHO
from regulars.differentiate.segments.json_columns import text_in, typed
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.identify.customers.public import FieldKind, fields_of
from regulars.organization.public import Brand

KINDS = {
    FieldKind.TEXT: ValueKind.TEXT,
    FieldKind.NUMBER: ValueKind.NUMBER,
    FieldKind.DATE: ValueKind.DAY,
    FieldKind.CHOICE: ValueKind.CHOICE,
    FieldKind.YES_NO: ValueKind.YES_NO,
}


def subjects(brand: Brand) -> Sequence[Subject]:
    return [
        Subject(
            key=field.key,
            label=field.label,
            kind=KINDS[FieldKind(field.kind)],
            options={choice: choice for choice in field.choices},
            personal=field.personal,
        )
        for field in fields_of(brand=brand)
    ]


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    subject = condition.about.subject
    return typed(text_in(ground.person.fields, subject.key), subject.kind)


declare(
    Family(
        key="field",
        label=_("Own fields"),
        subjects=subjects,
        measure=measure,
        group=WHO,
    )
)
