"""Forecast: orders and revenue to come, and how well the past would have been foretold."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.metrics.public import standpoint_of
from regulars.differentiate.value.models import Valuation
from regulars.differentiate.value.staff.words import MODELS, TROUBLES, percent
from regulars.differentiate.value.worth import latest_valuation
from regulars.lib.money import exponent, format_money, to_decimal
from regulars.organization.public import (
    Brand,
    Permission,
    StaffRequest,
    export_table,
    staff_page,
)
from regulars.ui.charts import Axis, Chart, Unit, lines

WEEKS_SHOWN = 26
MEASURES: dict[str, str | Promise] = {
    "orders": gettext_lazy("Orders"),
    "net_minor": gettext_lazy("Revenue"),
}
STEPS: dict[str, str | Promise] = {"weeks": gettext_lazy("Weeks"), "months": gettext_lazy("Months")}
HEAD = (
    "begins_on", "orders", "orders_low", "orders_high", "revenue", "revenue_low", "revenue_high",
    "currency",
)  # fmt: skip
Row = dict[str, Any]


@staff_page(Permission.SEE_METRICS)
def forecast(request: StaffRequest, brand: Brand) -> HttpResponse:
    valuation = _latest(brand)
    told = valuation.report.get("forecast") if valuation else None
    whole = request.access.branch_ids is None
    context: dict[str, Any] = {"brand": brand, "valuation": valuation, "told": told, "whole": whole}
    if valuation and not told:
        context["troubles"] = _troubles(valuation)
    if valuation and told and whole:
        context |= _told(request, brand, told)
        context["model"] = MODELS[valuation.model]
        context["may_export"] = request.access.may(Permission.EXPORT)
    return render(request, "value/forecast.html", context)


def _troubles(valuation: Valuation) -> list[str | Promise]:
    """Say why no model can be estimated, each reason once."""
    words = valuation.fits.order_by("pk").values_list("trouble", flat=True)
    return [TROUBLES[word] for word in dict.fromkeys(words) if word in TROUBLES]


def _told(request: StaffRequest, brand: Brand, told: Row) -> dict[str, Any]:
    measure = _one_of(request.GET.get("show", ""), MEASURES)
    step = _one_of(request.GET.get("by", ""), STEPS)
    return {
        "measures": [
            (label, f"?show={one}&by={step}", one == measure) for one, label in MEASURES.items()
        ],
        "steps": [
            (label, f"?show={measure}&by={one}", one == step) for one, label in STEPS.items()
        ],
        "step": step,
        "rows": _table(told[step], brand, request.LANGUAGE_CODE),
        "next": _sum(told["weeks"][:13], "orders", brand),
        "next_worth": _sum(told["weeks"][:13], "net_minor", brand),
        "chart": _chart(told, measure, step, brand),
        "tested": _tested(told["backtest"], measure, brand) if told["backtest"] else None,
    }


@staff_page(Permission.EXPORT, everywhere=True)
def forecast_export(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    valuation = _latest(brand)
    if valuation is None or not valuation.report.get("forecast"):
        return redirect("value:forecast", brand.slug)
    step = _one_of(request.GET.get("by", ""), STEPS)
    about = {"list": f"forecast by {step}", "as of": valuation.as_of_on.isoformat()}
    rows = (_line(row, brand) for row in valuation.report["forecast"][step])
    name = f"forecast-{valuation.as_of_on}"
    return export_table(request, name, HEAD, rows, subject_kind="forecast", detail=about)


def _latest(brand: Brand) -> Valuation | None:
    return latest_valuation(brand=brand, day=standpoint_of(brand, now=timezone.now()))


def _one_of(asked: str, known: dict[str, str | Promise]) -> str:
    return asked if asked in known else next(iter(known))


def _line(row: Row, brand: Brand) -> tuple[object, ...]:
    money = [row.get(f"net_minor{end}") for end in ("", "_low", "_high")]
    return (
        row["on"],
        *(row.get(f"orders{end}") for end in ("", "_low", "_high")),
        *(None if one is None else to_decimal(round(one), brand.currency) for one in money),
        brand.currency,
    )


def _table(rows: Sequence[Row], brand: Brand, language: str) -> list[Row]:
    return [
        {
            "day": date.fromisoformat(row["on"]),
            "orders": f"{row['orders']:,.0f}",
            "orders_between": _between(row, "orders", lambda v: f"{v:,.0f}"),
            "net": _money(row["net_minor"], brand, language),
            "net_between": _between(row, "net_minor", lambda v: _money(v, brand, language)),
        }
        for row in rows[:WEEKS_SHOWN]
    ]


def _between(row: Row, name: str, write: Any) -> str:
    if f"{name}_low" not in row:
        return ""
    return f"{write(row[f'{name}_low'])} – {write(row[f'{name}_high'])}"


def _money(minor: float, brand: Brand, language: str) -> str:
    return format_money(round(minor), brand.currency, language, whole=True)


def _sum(rows: Sequence[Row], name: str, brand: Brand) -> str:
    much = sum(row[name] for row in rows)
    return _money(much, brand, "en") if name == "net_minor" else f"{much:,.0f}"


def _chart(told: Row, measure: str, step: str, brand: Brand) -> Chart:
    """Draw the last year's weeks as they were and the next half year's as expected."""
    past = told["past"] if step == "weeks" else []
    ahead = told[step][:WEEKS_SHOWN]
    unit = 1 if measure == "orders" else 10 ** exponent(brand.currency)
    gap: list[float | None] = [None] * len(past)
    names = [_short(date.fromisoformat(row["on"])) for row in [*past, *ahead]]
    least, most = _("eight times in ten from"), _("eight times in ten to")
    series: dict[str | Promise, list[float | None]] = {}
    if past:
        series[_("came")] = [row[measure] / unit for row in past] + [None] * len(ahead)
    series[_("expected")] = gap + [row[measure] / unit for row in ahead]
    if told["backtest"]:
        series[least] = gap + [row[f"{measure}_low"] / unit for row in ahead]
        series[most] = gap + [row[f"{measure}_high"] / unit for row in ahead]
    begins = _("week that begins on") if step == "weeks" else _("month that begins on")
    return lines(names, series, x=begins, y=_axis(measure, brand), bounds=(least, most))


def _tested(test: Row, measure: str, brand: Brand) -> Row:
    """Draw the forecasts of each origin over what came; each is judged in a line."""
    made_on = date.fromisoformat(test["made_on"])
    unit = 1 if measure == "orders" else 10 ** exponent(brand.currency)
    days = [made_on + timedelta(weeks=n, days=1) for n in range(test["weeks"])]
    series: dict[str | Promise, list[float | None]] = {
        _("came"): [value / unit for value in test["came"][measure]]
    }
    origins = test.get("origins", [test])  # a valuation kept from before has but one
    for one in origins:
        name = _("foretold on %(day)s") % {"day": _day(one["made_on"])}
        told = [value / unit for value in one["told"][measure]]
        series[name] = [None] * (len(days) - len(told)) + told
    x, y = _("week that begins on"), _axis(measure, brand)
    return {
        "chart": lines([_short(day) for day in days], series, x=x, y=y),
        "origins": [_judged(one, measure) for one in origins],
        **_judged(test, measure),
    }


def _judged(test: Row, measure: str) -> Row:
    return {
        "made_on": date.fromisoformat(test["made_on"]),
        "weeks": test["weeks"],
        "error": percent(test["error"][measure]),
        "bias": percent(abs(test["bias"][measure]), 1),
        "high": test["bias"][measure] > 0,
    }


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT")


def _short(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _axis(measure: str, brand: Brand) -> Axis:
    if measure == "orders":
        return Axis(name=_("orders"))
    return Axis(name=_("revenue"), unit=Unit.MONEY, currency=brand.currency)
