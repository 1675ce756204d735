"""Worth: what customers are expected to bring, how well that is known, and from which model."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.public import standpoint_of
from regulars.differentiate.value.costs import costs_of, is_outdated, months_ahead
from regulars.differentiate.value.models import Valuation
from regulars.differentiate.value.staff.parts import parts_of
from regulars.differentiate.value.staff.sentences import sentences
from regulars.differentiate.value.staff.words import MODELS, REASONS, SYMBOLS, TROUBLES, percent
from regulars.differentiate.value.worth import Totals, latest_valuation, together, totals_of
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page
from regulars.ui.charts import Axis, Chart, lines

FITS_SHOWN = 12


@staff_page(Permission.SEE_METRICS)
def worth(request: StaffRequest, brand: Brand) -> HttpResponse:
    day = standpoint_of(brand, now=timezone.now())
    valuation = latest_valuation(brand=brand, day=day)
    context: dict[str, Any] = {"brand": brand, "valuation": valuation}
    if valuation is not None:
        groups = totals_of(valuation, branch_ids=request.access.branch_ids)
        context |= _people(together(groups), brand, valuation) | _model(valuation)
        context["history"] = _history(brand, valuation)
        context["may_set"] = request.access.branches_for(Permission.MANAGE_BRAND) is None
    return render(request, "value/worth.html", context)


def _people(totals: Totals, brand: Brand, valuation: Valuation) -> dict[str, Any]:
    return {
        "totals": totals,
        "months": months_ahead(valuation.report["outlook"]["weeks"]),
        "outdated": is_outdated(valuation),
        "discount": 100 * valuation.report["outlook"]["yearly_discount"],
        "expected": totals.minor("expected_value"),
        "there": totals.sums["alive"],
        "parts": parts_of(totals, costs_of(brand)),
    }


def _model(valuation: Valuation) -> dict[str, Any]:
    report = valuation.report
    return {
        "report": report,
        "sentences": sentences(report["in_words"]),
        "model": MODELS.get(valuation.model),
        "reason": REASONS[valuation.reason],
        "fits": [_fit(fit, valuation) for fit in valuation.fits.all()],
        "tracking": _tracking(report) if report["tracking"]["expected"] else None,
        "missed": _missed(report),
        "holdout": _holdout(report),
        "spending": _spending(report["spending"]),
    }


def _fit(fit: Any, valuation: Valuation) -> dict[str, Any]:
    return {
        "name": MODELS[fit.model],
        "chosen": fit.model == valuation.model,
        "parameters": _parameters(fit.parameters, fit.standard_errors),
        "log_likelihood": fit.log_likelihood,
        "error": percent(fit.holdout_error, 1),
        "trouble": TROUBLES.get(fit.trouble, ""),
    }


def _parameters(values: dict[str, float], errors: dict[str, float | None]) -> list[str]:
    return [
        f"{SYMBOLS.get(name, name)} {_figure(value, 4)}"
        + (f" ± {_figure(error, 2)}" if (error := errors.get(name)) is not None else "")
        for name, value in values.items()
    ]


def _figure(value: float, digits: int) -> str:
    """Write so many significant digits, and never a power of ten."""
    rounded = float(f"{value:.{digits}g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 10**digits else f"{rounded:.{digits}g}"


def _tracking(report: dict[str, Any]) -> Chart:
    """Draw what came and what was expected, up to the time held out and in it."""
    tracking = report["tracking"]
    actual, expected, known = tracking["actual"], tracking["expected"], tracking["known_weeks"]
    begins_on = date.fromisoformat(report["begins_on"])
    ends = [begins_on + timedelta(weeks=week + 1) for week in range(len(actual))]
    fitted = [value if week < known else None for week, value in enumerate(expected)]
    foretold = [value if week >= known - 1 else None for week, value in enumerate(expected)]
    return lines(
        [date_format(day, "SHORT_DATE_FORMAT") for day in ends],
        {_("came"): actual, _("expected, as fitted"): fitted, _("expected, foretold"): foretold},
        x=_("week that ended on"),
        y=Axis(name=_("repeat visits so far")),
    )


def _missed(report: dict[str, Any]) -> dict[str, str] | None:
    """Say by how much the time held out was foretold too high or too low."""
    tracking = report["tracking"]
    known = tracking["known_weeks"] - 1
    if not tracking["expected"] or not report["holdout"]["weeks"] or known < 0:
        return None
    came = tracking["actual"][-1] - tracking["actual"][known]
    told = tracking["expected"][-1] - tracking["expected"][known]
    if not came:
        return None
    return {
        "came": f"{came:,}",
        "told": f"{told:,.0f}",
        "by": percent(abs(told - came) / came, 1),
        "weeks": report["holdout"]["weeks"],
        "high": "1" if told > came else "",
    }


def _holdout(report: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "repeats": row["repeats"],
            "customers": f"{row['customers']:,}",
            "actual": f"{row['actual']:.3f}",
            "expected": f"{row['expected']:.3f}",
        }
        for row in report["holdout"]["rows"]
    ]


def _spending(told: dict[str, Any]) -> dict[str, Any]:
    fits = [(_("Everybody"), told["everybody"]), (_("Without outliers"), told["usual"])]
    return {
        **told,
        "fits": [
            {
                "name": name,
                "mean_minor": round(fit["mean_minor"]),
                "parameters": _parameters(fit["parameters"], fit["standard_errors"]),
                "log_likelihood": fit["log_likelihood"],
            }
            for name, fit in fits
            if fit
        ],
        "share": percent(told["outlier_share"]),
        "people_share": percent(told["outliers"] / max(told["repeaters"], 1), 1),
        "from_minor": round(told["outlier_from_minor"]) if told["outlier_from_minor"] else None,
        "tied": max(abs(told["pearson"] or 0.0), abs(told["spearman"] or 0.0)) > 0.2,
    }


def _history(brand: Brand, valuation: Valuation) -> list[dict[str, Any]]:
    """Give the fits of earlier days, the newest first."""
    earlier = Valuation.objects.filter(brand=brand, as_of_on__lte=valuation.as_of_on)
    return [
        {
            "day": one.as_of_on,
            "model": MODELS.get(one.model, "–"),
            "customers": one.report["customers"],
            "fit": next((_fit(fit, one) for fit in one.fits.all() if fit.model == one.model), None),
        }
        for one in earlier.order_by("-as_of_on").prefetch_related("fits")[:FITS_SHOWN]
    ]
