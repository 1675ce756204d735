"""Who the customers are: what is known about them, counted and weighed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.known_about import structure_seen
from regulars.differentiate.metrics.staff.files import file_links, file_of
from regulars.differentiate.metrics.staff.seen_from import run_asked, without_figures
from regulars.differentiate.metrics.structure import AGE, AGE_BANDS, BRANCH, KNOWN, OWN, Breakdown
from regulars.identify.customers.public import Customer, Field, fields_of
from regulars.lib.countries import country_name
from regulars.lib.money import to_decimal
from regulars.organization.public import Branch, Brand, Permission, StaffRequest, staff_page

PARTS_SHOWN = 8
HEAD = ("field", "value", "people", "share", "net_value", "currency")
FIELDS: dict[str, str | Promise] = {
    "gender": gettext_lazy("Gender"),
    AGE: gettext_lazy("Age"),
    "country": gettext_lazy("Country"),
    "city": gettext_lazy("City"),
    BRANCH: gettext_lazy("Home branch"),
    "source": gettext_lazy("Source"),
    "language": gettext_lazy("Language"),
}
LISTED = {"city", "country", "gender", "language", "source", BRANCH}
Labels = Mapping[str, str]


@staff_page(Permission.SEE_METRICS)
def structure(request: StaffRequest, brand: Brand) -> HttpResponse:
    run = run_asked(request, brand)
    found = structure_seen(run, branch_ids=request.access.branch_ids) if run else {}
    fields = {OWN + field.key: field for field in fields_of(brand=brand)}
    heads = {**FIELDS, **{key: field.label for key, field in fields.items()}}
    shown = [
        _card(heads[key], found[key], _labels(found[key], brand, fields.get(key)), brand)
        for key in heads
        if key in found
    ]
    context = {
        "brand": brand,
        "run": run,
        **without_figures(run, brand),
        "people": max((one.people for one in found.values()), default=0),
        "cards": [card for card in shown if card["known"]],
        "files": file_links(request, "structure_export", as_of=run.as_of_on) if run else [],
        "silent": [card["name"] for card in shown if not card["known"]],
    }
    return render(request, "metrics/structure.html", context)


@staff_page(Permission.EXPORT)
def structure_export(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    run = run_asked(request, brand)
    if run is None:
        return redirect("metrics:structure", brand.slug)
    found = structure_seen(run, branch_ids=request.access.branch_ids)
    fields = {OWN + field.key: field for field in fields_of(brand=brand)}
    heads = {**FIELDS, **{key: field.label for key, field in fields.items()}}
    rows = (
        row
        for key in heads
        if key in found
        for row in _lines(
            str(heads[key]), found[key], _labels(found[key], brand, fields.get(key)), brand
        )
    )
    return file_of(request, "structure", as_of=run.as_of_on, head=HEAD, rows=rows)


def _lines(name: str, found: Breakdown, labels: Labels, brand: Brand) -> Iterator[Sequence[object]]:
    """Give all parts of a field, those that the page leaves out too; the unknown last."""
    for part in (*found.parts, found.unknown):
        yield (
            name,
            labels.get(part.value, part.value) if part.value else _("unknown"),
            part.people,
            round(part.people / found.people, 6) if found.people else 0,
            to_decimal(part.net_minor, brand.currency),
            brand.currency,
        )


def _card(name: str | Promise, found: Breakdown, labels: Labels, brand: Brand) -> dict[str, Any]:
    parts = list(_parts(found, labels, brand))
    top = max(parts, key=lambda part: part["people"], default=None)
    return {
        "name": name,
        "known": found.known,
        "known_percent": _percent(found.known, found.people),
        "parts": parts,
        "top": top,
        "further": len(found.parts) - len(parts),
        "others": sum(part.people for part in found.parts[PARTS_SHOWN:]),
        "others_minor": sum(part.net_minor for part in found.parts[PARTS_SHOWN:]),
        "unknown": found.unknown,
        "by_value": [part.value for part in found.parts] != [KNOWN],
    }


def _parts(found: Breakdown, labels: Labels, brand: Brand) -> Iterator[dict[str, Any]]:
    for part in found.parts[:PARTS_SHOWN]:
        yield {
            "name": labels.get(part.value, part.value),
            "people": part.people,
            "percent": _percent(part.people, found.known),
            "said": _percent(part.people, found.known) or "< 1",
            "net_minor": part.net_minor,
            "url": _list_url(found.field, part.value, brand),
        }


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _list_url(field: str, value: str, brand: Brand) -> str:
    """Return where the people are; nothing for what the list cannot be asked for."""
    if field not in LISTED and (not field.startswith(OWN) or value == KNOWN):
        return ""
    asked = {field.replace(OWN, "field.", 1): value}
    return reverse("staff:customers", args=[brand.slug]) + "?" + urlencode(asked)


def _labels(found: Breakdown, brand: Brand, field: Field | None) -> Labels:
    """Say the values of a field as people read them."""
    key = found.field
    if field is not None:
        return {"true": _("yes"), "false": _("no"), KNOWN: _("known")}
    if key == "gender":
        choices = Customer._meta.get_field("gender").flatchoices
        return {str(value): str(label) for value, label in choices}
    if key == AGE:
        return dict(_age_labels())
    if key == BRANCH:
        branches = Branch.objects.filter(brand=brand)
        return {str(branch.pk): branch.name for branch in branches}
    if key == "country":
        language = get_language() or "en"
        return {part.value: country_name(part.value, language) for part in found.parts}
    if key == "language":
        return {code: str(name) for code, name in settings.LANGUAGES}
    return {}


def _age_labels() -> Iterator[tuple[str, str]]:
    yield "0", _("under %(age)s") % {"age": AGE_BANDS[0]}
    for low, above in pairwise(AGE_BANDS):
        yield str(low), f"{low}–{above - 1}"
    yield str(AGE_BANDS[-1]), _("%(age)s and over") % {"age": AGE_BANDS[-1]}
