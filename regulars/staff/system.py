"""How the installation fares: workers, duties, readers, what was set aside, tasks."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.differentiate.metrics.public import days_to_remake
from regulars.identify.timeline.public import (
    UnknownReader,
    lags,
    poisoned_of,
    retry,
    set_aside,
)
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page, troubles_of
from regulars.work.public import show_duties, show_tasks, workers_alive


@staff_page(Permission.MANAGE_BRAND)
def system(request: StaffRequest, brand: Brand) -> HttpResponse:
    now = timezone.now()
    context = {
        "brand": brand,
        "now": now,
        "workers": workers_alive(),
        "duties": show_duties(),
        "troubles": troubles_of(brand),
        "remade": len(days_to_remake(brand=brand)),
        "lags": lags(),
        "set_aside": set_aside(brand_id=brand.pk),
        "tasks": show_tasks(brand_id=brand.pk, now=now),
    }
    return render(request, "staff/system.html", context)


@staff_page(Permission.MANAGE_BRAND)
def today_system(request: StaffRequest, brand: Brand) -> HttpResponse:
    context = {
        "brand": brand,
        "workers": workers_alive(),
        "set_aside": len(set_aside(brand_id=brand.pk)),
        "troubles": troubles_of(brand),
    }
    return render(request, "staff/today_system.html", context)


@staff_page(Permission.MANAGE_BRAND)
@require_POST
def retrial(request: StaffRequest, brand: Brand, poisoned: int) -> HttpResponse:
    found = poisoned_of(brand_id=brand.pk, poisoned_id=poisoned)
    if found is None:
        raise Http404
    try:
        well = retry(found)
    except UnknownReader:
        messages.error(request, _("This version of Regulars has no such reader any more."))
    else:
        if well:
            messages.success(request, _("It went well this time."))
        else:
            messages.error(request, _("It failed again; the error below is the latest."))
    return redirect("staff:system", brand.slug)
