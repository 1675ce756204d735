"""Take back what was just done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.organization.audience import StaffRequest, staff_page
from regulars.organization.changes import ChangedSince
from regulars.organization.models import AuditEntry, Brand
from regulars.organization.permissions import Permission
from regulars.organization.staffing import BeyondOwnRole, LastOwner
from regulars.organization.undoing import NothingToUndo, undo


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
@require_POST
def undoing(request: StaffRequest, brand: Brand, entry: int) -> HttpResponse:
    done = get_object_or_404(AuditEntry, pk=entry, brand=brand)
    try:
        _check_own(request, done)
        undo(done, by=request.access, now=timezone.now())
    except (NothingToUndo, ChangedSince):
        messages.error(request, _("This was changed again since, so it stays."))
    except BeyondOwnRole:
        messages.error(request, _("You can undo only what you may do."))
    except LastOwner:
        messages.error(request, _("A brand needs an owner who can sign in."))
    else:
        messages.success(request, _("Undone."))
    for back in (request.POST.get("next"), request.META.get("HTTP_REFERER")):
        if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
            return redirect(str(back))
    return redirect(reverse("organization:settings", kwargs={"brand": brand.slug}))


def _check_own(request: StaffRequest, done: AuditEntry) -> None:
    """Let owners undo what anybody did, and others what they did themselves."""
    if done.user_id != request.user.pk and not request.access.may(Permission.MANAGE_STAFF):
        raise BeyondOwnRole
