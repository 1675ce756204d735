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
    "segment": gettext_lazy("segment"),
    "staff": gettext_lazy("staff"),
    "stranger": gettext_lazy("a stranger"),
    "thresholds": gettext_lazy("thresholds"),
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
    "active_days": gettext_lazy("active for days"),
    "percentile": gettext_lazy("per cent of returns within A"),
    "silent_multiple": gettext_lazy("silent up to, × A"),
    "dormant_multiple": gettext_lazy("dormant up to, × A"),
    "second_from": gettext_lazy("second-time from visits"),
    "regular_from": gettext_lazy("regular from visits"),
    "fan_from": gettext_lazy("fan from visits"),
    "due_within_days": gettext_lazy("due within days"),
    "leaving_within_days": gettext_lazy("leaving within days"),
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
