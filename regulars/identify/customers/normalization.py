"""The one form in which an identifier or a name is kept and looked for."""

import re
import unicodedata
from collections.abc import Callable, Iterable

import email_validator
import phonenumbers

from regulars.identify.customers.identifier_kinds import identifier_kind

LONGEST = 254

_PLAIN_EMAIL = re.compile(
    r"[a-z0-9_+-]{1,32}(?:\.[a-z0-9_+-]{1,30})?@(?:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\.){1,3}"
    r"(?:com|net|org|edu|co|uk|cn|de|fr|eu|jp|hk|tw|sg|it|es|nl|io)"
)


class NotAnIdentifier(ValueError):
    """A text cannot be an identifier of its kind: an address without @, a number too short."""

    def __init__(self, kind: str, value: str) -> None:
        super().__init__(kind, value)
        self.kind, self.value = kind, value


def normal_form(kind: str, value: str, *, country: str = "") -> str:
    """Return the form in which the identifier is kept: ``Ann@Mail.COM`` is ``ann@mail.com``.

    ``country`` (ISO 3166, two letters) is where phone numbers without ``+`` are dialled; without
    it they are refused. Raises NotAnIdentifier, and UnknownKind.
    """
    identifier_kind(kind)
    text = unicodedata.normalize("NFKC", value).strip()
    normal = _phone(text, country) if kind == "phone" else _RULES.get(kind, _text)(text)
    if not normal or len(normal) > LONGEST:
        raise NotAnIdentifier(kind, value)
    return normal


def normal_forms(kind: str, values: Iterable[str], *, country: str = "") -> dict[str, str | None]:
    """Return the normal form of each value, None where it has none. Pass distinct values.

    About a million e-mail addresses in two seconds, a million phone numbers in fifteen.
    """
    return {value: _normal_form_or_none(kind, value, country) for value in values}


def tail(kind: str, normal: str) -> str:
    """Return what Identifier.tail holds: a phone number's digits from the last to the first."""
    return normal.lstrip("+")[::-1] if kind == "phone" else ""


def _normal_form_or_none(kind: str, value: str, country: str) -> str | None:
    try:
        return normal_form(kind, value, country=country)
    except NotAnIdentifier:
        return None


def _email(text: str) -> str:
    lower = text.lower()
    if _PLAIN_EMAIL.fullmatch(lower) and "--" not in lower:
        return lower
    try:
        found = email_validator.validate_email(
            lower, check_deliverability=False, test_environment=True
        )
    except email_validator.EmailNotValidError:
        return ""
    return f"{found.local_part}@{found.ascii_domain}"


def _phone(text: str, country: str) -> str:
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return ""
    number.extension = None
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _text(text: str) -> str:
    return " ".join(text.split()) if text.isprintable() else ""


_RULES: dict[str, Callable[[str], str]] = {"email": _email}
