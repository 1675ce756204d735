"""The pages about staff."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.organization.audience import StaffRequest, staff_page
from regulars.organization.invitations import invite
from regulars.organization.models import AuditEntry, Brand, Role, User
from regulars.organization.permissions import Permission
from regulars.organization.staff.flash import say_done
from regulars.organization.staff.letter import send_invitation
from regulars.organization.staff.people_forms import InviteForm, RoleForm
from regulars.organization.staffing import (
    BeyondOwnRole,
    LastOwner,
    dismiss,
    grant_role,
    may_grant,
    remove_role,
    staff_of,
    take_back,
    take_on,
)
from regulars.organization.two_factor import with_second_factor

LINK = "invitation_link"


@staff_page(Permission.MANAGE_STAFF)
def people(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = InviteForm(request.POST or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        try:
            who, is_new = take_on(**form.given(), by=request.access, now=timezone.now())
        except BeyondOwnRole:
            form.add_error("role", _("You can give only what you hold yourself."))
        else:
            if is_new:
                _invite(request, who, by_email=form.cleaned_data.get("by_email", False))
            messages.success(request, _("%(name)s is on the staff.") % {"name": who})
            return redirect("organization:person", brand=brand.slug, person=who.pk)
    page = {"brand": brand, "people": with_second_factor(staff_of(brand)), "form": form}
    return render(request, "organization/people.html", page, status=422 if form.errors else 200)


@staff_page(Permission.MANAGE_STAFF)
def person(request: StaffRequest, brand: Brand, person: int) -> HttpResponse:
    who = _person(brand, person)
    form = RoleForm(request.POST or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        try:
            grant_role(who, **form.given(), by=request.access, now=timezone.now())
        except BeyondOwnRole:
            form.add_error("role", _("You can give only what you hold yourself."))
        else:
            messages.success(request, _("Saved."))
            return redirect("organization:person", brand=brand.slug, person=who.pk)
    roles = [{"role": role, "removable": _may_take(request, role)} for role in who.roles.all()]
    everything = Role.objects.filter(user=who).select_related("brand", "branch")
    page = {
        "brand": brand,
        "person": who,
        "form": form,
        "roles": roles,
        "dismissible": all(_may_take(request, role) for role in everything),
        "link": _link_to_show(request, who),
    }
    return render(request, "organization/person.html", page, status=422 if form.errors else 200)


@staff_page(Permission.MANAGE_STAFF)
@require_POST
def invitation_renewal(request: StaffRequest, brand: Brand, person: int) -> HttpResponse:
    who = _person(brand, person)
    if who.has_usable_password():
        messages.error(request, _("They have a password; if it is lost, they set a new one."))
    else:
        _invite(request, who, by_email=False)
    return redirect("organization:person", brand=brand.slug, person=who.pk)


@staff_page(Permission.MANAGE_STAFF)
@require_POST
def removal(request: StaffRequest, brand: Brand, role: int) -> HttpResponse:
    held = get_object_or_404(Role.objects.select_related("user", "brand", "branch"), pk=role)
    who = _person(brand, held.user_id)
    if held not in who.roles.all():
        raise Http404
    _do(request, _("%(role)s is taken away.") % {"role": held}, lambda: _remove(request, held))
    if staff_of(brand).filter(pk=who.pk).exists():
        return redirect("organization:person", brand=brand.slug, person=who.pk)
    return redirect("organization:people", brand=brand.slug)


@staff_page(Permission.MANAGE_STAFF)
@require_POST
def dismissal(request: StaffRequest, brand: Brand, person: int) -> HttpResponse:
    who = _person(brand, person)
    said = _("%(name)s can sign in no more.") % {"name": who}
    _do(request, said, lambda: dismiss(who, by=request.access, now=timezone.now()))
    return redirect("organization:person", brand=brand.slug, person=who.pk)


@staff_page(Permission.MANAGE_STAFF)
@require_POST
def comeback(request: StaffRequest, brand: Brand, person: int) -> HttpResponse:
    who = _person(brand, person)
    said = _("%(name)s can sign in again.") % {"name": who}
    _do(request, said, lambda: take_back(who, by=request.access, now=timezone.now()))
    return redirect("organization:person", brand=brand.slug, person=who.pk)


def _person(brand: Brand, pk: int) -> User:
    return get_object_or_404(with_second_factor(staff_of(brand)), pk=pk)


def _may_take(request: StaffRequest, role: Role) -> bool:
    return may_grant(request.access, name=role.name, brand=role.brand, branch=role.branch)


def _remove(request: StaffRequest, role: Role) -> AuditEntry:
    return remove_role(role, by=request.access, now=timezone.now())


def _do(request: StaffRequest, said: str, act: Callable[[], AuditEntry | None]) -> None:
    """Act and say so, or say why not."""
    try:
        entry = act()
    except BeyondOwnRole:
        messages.error(request, _("You can take away only what you hold yourself."))
    except LastOwner:
        messages.error(request, _("A brand needs an owner who can sign in."))
    else:
        say_done(request, said, entry)


def _invite(request: StaffRequest, who: User, *, by_email: bool) -> None:
    """Keep the link in the session for the page that shows it, once; send it if asked."""
    token = invite(who, by=request.access, now=timezone.now())
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    request.session[LINK] = {"person": who.pk, "link": link}
    if not by_email:
        return
    brand = request.access.brand
    if send_invitation(who, link=link, by=request.user, brand=brand):
        messages.success(request, _("The invitation is on its way to %(to)s.") % {"to": who.email})
    else:
        messages.error(request, _("The invitation could not be sent; pass on the link below."))


def _link_to_show(request: StaffRequest, who: User) -> str | None:
    kept = request.session.get(LINK)
    if not kept or kept["person"] != who.pk:
        return None
    del request.session[LINK]
    return str(kept["link"])
