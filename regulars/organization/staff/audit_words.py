"""The words in which the audit page tells what happened."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.organization.models import AuditEntry, Brand, RoleName

KINDS: dict[str, str | Promise] = {
    "audit": gettext_lazy("the audit"),
    "branch": gettext_lazy("branch"),
    "brand": gettext_lazy("brand"),
    "customer": gettext_lazy("customer"),
    "customers": gettext_lazy("customers"),
    "import": gettext_lazy("import"),
    "invitation": gettext_lazy("invitation of"),
    "role": gettext_lazy("role of"),
    "staff": gettext_lazy("staff"),
    "stranger": gettext_lazy("a stranger"),
}
REASONS: dict[str, str | Promise] = {
    "dismissed": gettext_lazy("dismissed"),
    "too many attempts": gettext_lazy("too many attempts"),
    "wrong code": gettext_lazy("wrong code"),
    "wrong password": gettext_lazy("wrong password"),
}
FIELDS: dict[str, str | Promise] = {
    "is_active": gettext_lazy("may sign in"),
    "password": gettext_lazy("password"),
    "totp": gettext_lazy("second factor"),
    "recovery_codes": gettext_lazy("recovery codes"),
    **{field.name: field.verbose_name for field in Brand._meta.fields},
}


def kind_of(entry: AuditEntry) -> str:
    return str(KINDS.get(entry.subject_kind, entry.subject_kind))


def detail_of(entry: AuditEntry) -> str:
    """One line about what changed, or why not."""
    detail = entry.detail
    if "after" in detail:
        return _changes(detail.get("before", {}), detail["after"])
    if "role" in detail:
        return str(RoleName(detail["role"]).label)
    if "reason" in detail:
        return str(REASONS.get(detail["reason"], detail["reason"]))
    if "fields" in detail:
        return ", ".join(str(FIELDS.get(name, name)) for name in detail["fields"])
    return " · ".join(f"{key}: {value}" for key, value in detail.items())


def _changes(before: dict[str, Any], after: dict[str, Any]) -> str:
    return " · ".join(
        f"{FIELDS.get(name, name)}: {_shown(before[name])} → {_shown(value)}"
        if name in before
        else f"{FIELDS.get(name, name)}: {_shown(value)}"
        for name, value in after.items()
        if name not in before or before[name] != value
    )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return "–" if value in {None, ""} else str(value)
