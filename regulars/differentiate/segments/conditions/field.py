"""Conditions about the fields that staff defined for their customers."""

from collections.abc import Sequence
from dataclasses import replace

import ibis
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import WHO
from regulars.differentiate.segments.json_columns import text_in, typed
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.identify.customers.public import Field, FieldKind, fields_of
from regulars.organization.public import Brand

RETIRED = _("{label} (retired)")
KINDS = {
    FieldKind.TEXT: ValueKind.TEXT,
    FieldKind.NUMBER: ValueKind.NUMBER,
    FieldKind.DATE: ValueKind.DAY,
    FieldKind.CHOICE: ValueKind.CHOICE,
    FieldKind.YES_NO: ValueKind.YES_NO,
}


def subjects(brand: Brand) -> Sequence[Subject]:
    return [_subject(field) for field in fields_of(brand=brand)]


def retired(brand: Brand, key: str) -> Subject | None:
    field = Field.objects.filter(brand=brand, key=key).exclude(retired_at=None).first()
    if field is None:
        return None
    return replace(_subject(field), label=format_lazy(RETIRED, label=field.label))


def _subject(field: Field) -> Subject:
    return Subject(
        key=field.key,
        label=field.label,
        kind=KINDS[FieldKind(field.kind)],
        options={choice: choice for choice in field.choices},
        personal=field.personal,
    )


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    subject = condition.about.subject
    return typed(text_in(ground.person.fields, subject.key), subject.kind)


declare(
    Family(
        key="field",
        label=_("Own fields"),
        subjects=subjects,
        retired=retired,
        measure=measure,
        group=WHO,
    )
)
