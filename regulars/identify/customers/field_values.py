"""The values of staff-defined fields: what is one, and giving them to a customer."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction

from regulars.identify.customers.fields import fields_of
from regulars.identify.customers.models import Customer, Field, FieldKind
from regulars.lake.public import next_revision
from regulars.organization.public import AuditAction, User, audit

LONGEST_TEXT = 500
YES = {"yes", "y", "true", "1", "on", "是", "有", "对"}
NO = {"no", "n", "false", "0", "off", "否", "无", "不"}

FieldValue = str | int | float | bool


class NotAValue(ValueError):
    """The text is no value of the field: letters in a number, a choice that is none."""

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(field.key, text)
        self.field, self.text = field, text


class NoSuchField(KeyError):
    """The brand has no field of this key in use."""


def field_value(*, field: Field, text: str) -> FieldValue:
    """Return what a text means for the field, as it is kept: a date is ``2025-11-20``.

    Raises NotAValue.
    """
    clean = " ".join(text.split())
    if not clean or len(clean) > LONGEST_TEXT:
        raise NotAValue(field, text)
    try:
        return _READ[field.kind](field, clean)
    except (ValueError, InvalidOperation, KeyError, OverflowError):
        raise NotAValue(field, text) from None


def field_values(*, field: Field, texts: Iterable[str]) -> dict[str, FieldValue | None]:
    """Return what each text means, None where it means nothing. Pass distinct texts."""
    return {text: _value_or_none(field, text) for text in texts}


def fill_in(
    *, customer: Customer, texts: Mapping[str, str], by: User | None, now: datetime
) -> Customer:
    """Set the fields named by key; an empty text clears one, and those not named stay.

    Raises NoSuchField, NotAValue.
    """
    known = {field.key: field for field in fields_of(brand=customer.brand)}
    if missing := texts.keys() - known.keys():
        raise NoSuchField(min(missing))
    given = {
        key: field_value(field=known[key], text=text) if text.strip() else None
        for key, text in texts.items()
    }
    with transaction.atomic():
        current = Customer.objects.select_for_update().select_related("brand").get(pk=customer.pk)
        changed = sorted(key for key, value in given.items() if current.fields.get(key) != value)
        if changed:
            merged = {**current.fields, **given}
            current.fields = {key: value for key, value in merged.items() if value is not None}
            current.revision = next_revision()
            current.save(update_fields=["fields", "revision"])
            audit(by, AuditAction.CHANGE, now=now, brand=current.brand, subject_kind="customer",
                  subject=current.public_id, detail={"fields": changed})  # fmt: skip
    return current


def _value_or_none(field: Field, text: str) -> FieldValue | None:
    try:
        return field_value(field=field, text=text)
    except NotAValue:
        return None


def _number(_field: Field, text: str) -> FieldValue:
    number = Decimal(text.replace(",", ""))
    if not number.is_finite() or abs(number) >= 10**15:
        raise ValueError(text)
    return int(number) if number == number.to_integral_value() else float(number)


def _choice(field: Field, text: str) -> FieldValue:
    return {choice.casefold(): str(choice) for choice in field.choices}[text.casefold()]


def _yes_no(_field: Field, text: str) -> FieldValue:
    if text.casefold() in YES | NO:
        return text.casefold() in YES
    raise ValueError(text)


_READ: dict[str, Callable[[Field, str], FieldValue]] = {
    FieldKind.TEXT: lambda _field, text: text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: lambda _field, text: date.fromisoformat(text).isoformat(),
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
}
