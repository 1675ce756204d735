"""From which day a page looks at the customers."""

from datetime import date

from django.utils import timezone

from regulars.differentiate.metrics.crowd import Crowd
from regulars.differentiate.metrics.looking import crowd_at, newest_day, standpoint_of
from regulars.differentiate.metrics.models import MetricRun
from regulars.differentiate.metrics.shop import Shop, shop_from
from regulars.differentiate.metrics.summary import Summary
from regulars.identify.commerce.public import Order
from regulars.organization.public import Brand, StaffRequest


def run_asked(request: StaffRequest, brand: Brand) -> MetricRun | None:
    """Return the newest run up to the day the address asks for, or else the brand looks from."""
    until = _day(request.GET.get("as_of", "")) or standpoint_of(brand, now=timezone.now())
    runs = MetricRun.objects.filter(brand=brand, as_of_on__lte=until)
    return runs.order_by("-as_of_on").first()


def looks_back(run: MetricRun, brand: Brand) -> bool:
    """Whether a page shows an earlier day than the newest, which alone lists know."""
    return run.as_of_on != newest_day(brand=brand, now=timezone.now())


def without_figures(run: MetricRun | None, brand: Brand) -> dict[str, object]:
    """What a page says without figures: ``waiting`` for them, or from which day they are kept."""
    if run is not None:
        return {"waiting": _is_waiting(brand, shop_from(run.summary["shop"]))}
    runs = MetricRun.objects.filter(brand=brand).order_by("as_of_on")
    return {"waiting": True, "kept_from": runs.values_list("as_of_on", flat=True).first()}


def seen_crowd(request: StaffRequest, summary: Summary | None) -> Crowd | None:
    """Return the customers by kind whom the person may count; None before any were counted."""
    if summary is None:
        return None
    access = request.access
    return crowd_at(brand=access.brand, summary=summary, branch_ids=access.branch_ids)


def _is_waiting(brand: Brand, shop: Shop) -> bool:
    """Whether the first orders of a brand came after its figures were counted."""
    return not shop.total.orders and Order.objects.filter(brand=brand).exists()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
