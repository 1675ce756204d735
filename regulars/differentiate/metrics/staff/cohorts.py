"""Who stays: customers by the month of their first visit, and the months after."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.metrics.staff.files import file_links, file_of
from regulars.differentiate.metrics.staff.seen_from import run_asked, without_figures
from regulars.differentiate.metrics.staying import Cohort, Cohorts, cohorts_seen
from regulars.lib.money import exponent, to_decimal
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

COHORTS_SHOWN, MONTHS_AFTER, HEAT_STEPS = 24, 12, 20
MEASURES: dict[str, str | Promise] = {
    "share": _("Share"),
    "people": _("People"),
    "value": pgettext_lazy("money", "Value"),
}
HEAD = ("cohort", "months_after", "month_is_over", "people", "share", "value", "currency")
Measure = Callable[[Cohort, int], float | None]


@staff_page(Permission.SEE_METRICS)
def cohorts(request: StaffRequest, brand: Brand) -> HttpResponse:
    run = run_asked(request, brand)
    found = cohorts_seen(run, branch_ids=request.access.branch_ids) if run else None
    shown = request.GET.get("show", "")
    shown = shown if shown in MEASURES else "share"
    asked = {"as_of": request.GET["as_of"]} if "as_of" in request.GET else {}
    context: dict[str, Any] = {"brand": brand, "run": run, "found": found, "shown": shown}
    context |= without_figures(run, brand)
    if run and found and found.all:
        after = range(1, min(found.longest - 1, MONTHS_AFTER) + 1)
        context |= {
            "tabs": [
                (label, "?" + urlencode({**asked, "show": name}), name == shown)
                for name, label in MEASURES.items()
            ],
            "after": after,
            "rows": list(_rows(found, brand, shown)),
            "all": [_percent(found.share(month)) for month in after] if shown == "share" else [],
            "next_month": _whole_percent(found.share(1)),
            "third_month": _whole_percent(found.share(3)),
            "left_out": max(0, len(found.all) - COHORTS_SHOWN),
            "files": file_links(request, "cohorts_export", as_of=run.as_of_on),
        }
    return render(request, "metrics/cohorts.html", context)


@staff_page(Permission.EXPORT)
def cohorts_export(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    run = run_asked(request, brand)
    if run is None:
        return redirect("metrics:cohorts", brand.slug)
    found = cohorts_seen(run, branch_ids=request.access.branch_ids)
    rows = (row for cohort in found.all for row in _lines(cohort, brand))
    return file_of(request, "cohorts", as_of=run.as_of_on, head=HEAD, rows=rows)


def _rows(found: Cohorts, brand: Brand, shown: str) -> Iterator[dict[str, Any]]:
    """Give the newest cohorts, each month as text with its step of heat and whether it is over."""
    measure = _measure(shown, brand)
    newest = found.all[-COHORTS_SHOWN:]
    cells = [(cohort, month) for cohort in newest for month in _months(cohort)]
    most = max((measure(cohort, month) or 0 for cohort, month in cells), default=0)
    for cohort in newest:
        yield {
            "cohort": cohort,
            "url": _people_url(cohort, brand),
            "first": _text(measure(cohort, 0), shown),
            "months": [
                {
                    "text": _text(measure(cohort, month), shown),
                    "heat": _heat(measure(cohort, month), most),
                    "over": month < cohort.whole_months,
                }
                for month in _months(cohort)
            ],
        }


def _people_url(cohort: Cohort, brand: Brand) -> str:
    """Return where the people are who came for the first time in the cohort's month."""
    begins, days = cohort.begins_on, monthrange(cohort.begins_on.year, cohort.begins_on.month)[1]
    asked = {"first_from": begins.isoformat(), "first_to": begins.replace(day=days).isoformat()}
    return reverse("staff:customers", args=[brand.slug]) + "?" + urlencode(asked)


def _months(cohort: Cohort) -> range:
    return range(1, min(len(cohort.months), MONTHS_AFTER + 1))


def _measure(shown: str, brand: Brand) -> Measure:
    unit = 10 ** exponent(brand.currency)
    return {
        "share": lambda cohort, month: cohort.share(month),
        "people": lambda cohort, month: cohort.months[month].people,
        "value": lambda cohort, month: cohort.months[month].value_minor / unit,
    }[shown]


def _text(value: float | None, shown: str) -> str:
    if value is None:
        return ""
    if shown == "share":
        return _percent(value)
    return number_format(round(value), force_grouping=True)


def _heat(value: float | None, most: float) -> int:
    return max(0, min(HEAT_STEPS, round(HEAT_STEPS * (value or 0) / most))) if most > 0 else 0


def _percent(share: float | None) -> str:
    return "" if share is None else number_format(round(100 * share, 1), 1)


def _whole_percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _lines(cohort: Cohort, brand: Brand) -> Iterator[tuple[object, ...]]:
    for after, came in enumerate(cohort.months):
        yield (
            f"{cohort.begins_on:%Y-%m}",
            after,
            "yes" if after < cohort.whole_months else "no",
            came.people,
            round(cohort.share(after) or 0, 6),
            to_decimal(came.value_minor, brand.currency),
            brand.currency,
        )
