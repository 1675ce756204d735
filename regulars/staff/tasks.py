"""The progress of one long task, for pages to embed, and the button that stops it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from regulars.organization.public import Brand, Permission, StaffRequest, staff_page
from regulars.work.public import Task, cancel_task, may_cancel, show_task, task_of


@staff_page(Permission.SEE_CUSTOMERS)
def task(request: StaffRequest, brand: Brand, task: int) -> HttpResponse:
    """Show it, asking again every second; ``then`` is where to go when it has ended."""
    found, then = _task_or_404(brand, task), _then(request, request.GET.get("then", ""))
    if then and not found.is_open:
        return _to(request, then)
    return _shown(request, brand, found, then=then)


@staff_page(Permission.SEE_CUSTOMERS)
@require_POST
def cancellation(request: StaffRequest, brand: Brand, task: int) -> HttpResponse:
    found, then = _task_or_404(brand, task), _then(request, request.POST.get("then", ""))
    if found.is_open and not _may_cancel(request, found):
        note = _("Only who started it, or who manages the brand, can cancel it.")
        return _shown(request, brand, found, then=then, note=note, status=409)
    cancel_task(found, by=request.user, now=timezone.now())
    if request.htmx:  # type: ignore[attr-defined]
        return _shown(request, brand, found, then=then)
    return redirect(then or reverse("staff:task", args=[brand.slug, found.pk]))


def _shown(
    request: StaffRequest,
    brand: Brand,
    found: Task,
    *,
    then: str,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    place = {"brand": brand.slug, "task": found.pk}
    query = f"?{urlencode({'then': then})}" if then else ""
    context = {
        "shown": show_task(found, now=timezone.now()),
        "url": reverse("staff:task", kwargs=place) + query,
        "cancel_url": reverse("staff:cancellation", kwargs=place),
        "may_cancel": _may_cancel(request, found),
        "then": then,
        "note": note,
    }
    page = "work/task.html" if request.htmx else "staff/task.html"  # type: ignore[attr-defined]
    return render(request, page, context, status=status)


def _to(request: StaffRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]


def _may_cancel(request: StaffRequest, found: Task) -> bool:
    manager = request.access.may(Permission.MANAGE_BRAND)
    return may_cancel(found, by=request.user, manager=manager)


def _task_or_404(brand: Brand, number: int) -> Task:
    found = task_of(brand_id=brand.pk, task_id=number)
    if found is None:
        raise Http404
    return found


def _then(request: StaffRequest, url: str) -> str:
    own = url.startswith("/") and url_has_allowed_host_and_scheme(url, request.get_host())
    return url if own else ""
