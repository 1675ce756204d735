"""The fields that staff define for their customers: their definitions."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, count

from django.db import connection, transaction
from django.db.models import F, Func, JSONField, Value
from django.utils.text import slugify

from regulars.identify.customers.models import Customer, Field, FieldKind
from regulars.lake.public import next_revision
from regulars.organization.public import AuditAction, Brand, User, audit

KEY_LENGTH = 32


class FieldExists(Exception):
    """The brand has a field of this name."""


class ChoicesMissing(ValueError):
    """A field of choices needs at least two different ones."""


def fields_of(*, brand: Brand) -> list[Field]:
    """Return the brand's fields in use, by label."""
    return list(Field.objects.filter(brand=brand, retired_at=None).order_by("label"))


def define_field(
    *,
    brand: Brand,
    label: str,
    kind: str,
    by: User | None,
    now: datetime,
    choices: Sequence[str] = (),
    personal: bool = True,
) -> Field:
    """Define a field; its key is made of the label and stays for ever.

    Raises ChoicesMissing, FieldExists.
    """
    name = " ".join(label.split())
    with transaction.atomic():
        if Field.objects.filter(brand=brand, label__iexact=name, retired_at=None).exists():
            raise FieldExists(name)
        field = Field.objects.create(
            brand=brand,
            key=_key(brand, name),
            label=name,
            kind=kind,
            choices=_choices(kind, choices),
            personal=personal,
        )
        _audit(field, AuditAction.CREATE, by=by, now=now)
    return field


def change_field(
    *,
    field: Field,
    label: str,
    by: User | None,
    now: datetime,
    choices: Sequence[str] = (),
    personal: bool = True,
) -> Field:
    """Rename a field or change its choices. Values that are no longer a choice stay as they are.

    Raises ChoicesMissing, FieldExists.
    """
    name = " ".join(label.split())
    others = Field.objects.filter(brand=field.brand, label__iexact=name, retired_at=None)
    with transaction.atomic():
        if others.exclude(pk=field.pk).exists():
            raise FieldExists(name)
        field.label, field.personal = name, personal
        field.choices = _choices(field.kind, choices)
        field.save()
        _audit(field, AuditAction.CHANGE, by=by, now=now)
    return field


def retire_field(*, field: Field, by: User | None, now: datetime) -> Field:
    """Take the field out of use; its values stay until it is purged."""
    with transaction.atomic():
        Field.objects.filter(pk=field.pk, retired_at=None).update(retired_at=now)
        field.refresh_from_db()
        _audit(field, AuditAction.REMOVE, by=by, now=now)
    return field


def restore_field(*, field: Field, by: User | None, now: datetime) -> Field:
    """Take a retired field into use again, with its values. Raises FieldExists."""
    with transaction.atomic():
        if Field.objects.filter(
            brand=field.brand, label__iexact=field.label, retired_at=None
        ).exists():
            raise FieldExists(field.label)
        field.retired_at = None
        field.save(update_fields=["retired_at"])
        _audit(field, AuditAction.UNDO, by=by, now=now)
    return field


def purge_field(*, field: Field, by: User | None, now: datetime) -> int:
    """Delete the field and all its values, for ever; return how many customers had one."""
    with transaction.atomic():
        emptied = Customer.objects.filter(brand=field.brand, fields__has_key=field.key).update(
            fields=_without(field.key), revision=next_revision()
        )
        audit(by, AuditAction.REMOVE, now=now, brand=field.brand, subject_kind="field",
              subject=field.key, detail={"values": emptied})  # fmt: skip
        field.delete()
    return emptied


def customers_with(*, field: Field) -> int:
    """Count the customers for whom the field is filled in. Reads all customers of the brand."""
    return Customer.objects.filter(brand=field.brand, fields__has_key=field.key).count()


def _without(key: str) -> Func:
    """All fields but one; keys are plain words, see Field.key."""
    if connection.vendor == "postgresql":
        return Func(
            F("fields"),
            Value(key),
            template="(%(expressions)s)",
            arg_joiner=" - ",
            output_field=JSONField(),
        )
    path = Value(f'$."{key}"')
    return Func(F("fields"), path, function="JSON_REMOVE", output_field=JSONField())


def _key(brand: Brand, label: str) -> str:
    word = slugify(label).replace("-", "_")[:KEY_LENGTH]
    stem = word if word[:1].isalpha() else "field"
    taken = set(Field.objects.filter(brand=brand).values_list("key", flat=True))
    candidates = chain([stem], (f"{stem}_{turn}" for turn in count(2)))
    return next(key for key in candidates if key not in taken)


def _choices(kind: str, choices: Sequence[str]) -> list[str]:
    if kind != FieldKind.CHOICE:
        return []
    distinct = list(dict.fromkeys(" ".join(choice.split()) for choice in choices if choice.strip()))
    if len(distinct) < 2:
        raise ChoicesMissing
    return distinct


def _audit(field: Field, action: AuditAction, *, by: User | None, now: datetime) -> None:
    audit(by, action, now=now, brand=field.brand, subject_kind="field", subject=field.key)
