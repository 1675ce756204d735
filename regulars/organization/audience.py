"""Say for whom a page is: every view carries one of these, and a test sees to it."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum, auto
from functools import wraps
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars.lake.public import reading_once
from regulars.organization.access import Access, NotStaffHere, access_of
from regulars.organization.models import User
from regulars.organization.permissions import Permission
from regulars.organization.security import address_of
from regulars.organization.two_factor import lacks_second_factor

LAST_SEEN = "brand"  # the cookie's name
REMEMBERED = timedelta(days=365)


class Audience(StrEnum):
    EVERYBODY = auto()
    SIGNED_IN = auto()
    STAFF = auto()


class SignedInRequest(HttpRequest):
    user: User


class StaffRequest(SignedInRequest):
    access: Access


class Page(Protocol):
    """A view that says for whom it is."""

    audience: Audience
    permission: Permission | None

    def __call__(self, request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


View = Callable[..., HttpResponseBase]


def staff_page(permission: Permission, *, everywhere: bool = False) -> Callable[[View], Page]:
    """Serve a page of a brand to staff who have ``permission`` there.

    The brand's slug, ``brand`` in the URL, arrives in the view as a Brand; ``request.access`` says
    what the person may do; times are shown in the brand's zone; all it asks of the lake is of one
    moment. Who is not staff of the brand gets
    404; who lacks the permission, 403; and ``everywhere``, who has it for some branches only, 403.
    """

    def declare(view: View) -> Page:
        @wraps(view)
        def page(request: HttpRequest, brand: str, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return _to_the_door(request)
            staff = cast("StaffRequest", request)
            staff.access = _access(request, request.user, brand, permission)
            if lacks_second_factor(staff.access):
                return _to_the_second_factor(staff)
            if not staff.access.permits(everywhere=everywhere):
                raise PermissionDenied(permission)
            with timezone.override(staff.access.brand.zone), reading_once():
                response = view(staff, brand=staff.access.brand, **kwargs)
            _remember(staff, response)
            return response

        return _declared(page, Audience.STAFF, permission)

    return declare


def signed_in_page(view: View) -> Page:
    """Serve a page to everybody who is signed in, whatever their roles."""

    @wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return _to_the_door(request)
        return view(request, **kwargs)

    return _declared(page, Audience.SIGNED_IN, None)


def public_page(view: View) -> Page:
    """Serve a page to everybody, known or not."""

    @wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return view(request, **kwargs)

    return _declared(page, Audience.EVERYBODY, None)


def _to_the_door(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in and back; a fragment leads the whole page there."""
    fragment = "HX-Request" in request.headers
    seen = urlsplit(request.headers.get("HX-Current-URL", "") if fragment else "")
    back = f"{seen.path}?{seen.query}" if seen.query else seen.path
    door = redirect_to_login(back or request.get_full_path())
    if not fragment:
        return door
    return HttpResponse(status=401, headers={"HX-Redirect": door.url})


def _to_the_second_factor(request: StaffRequest) -> HttpResponseBase:
    said = _("%(brand)s asks for a second factor. Set one up to go on.")
    messages.warning(request, said % {"brand": request.access.brand})
    return redirect("mfa_activate_totp")


def _access(request: HttpRequest, user: User, slug: str, permission: Permission) -> Access:
    address = address_of(request)
    try:
        return access_of(user, brand_slug=slug, asked=permission, address=address)
    except NotStaffHere as error:
        raise Http404 from error


def last_seen(request: HttpRequest) -> str:
    """Return the short name of the brand this browser saw last, if it says one."""
    return request.COOKIES.get(LAST_SEEN, "")


def _remember(request: StaffRequest, response: HttpResponseBase) -> None:
    """Let the browser say next time that this brand was seen last."""
    slug = request.access.brand.slug
    if last_seen(request) != slug and response.status_code < 400:
        response.set_cookie(
            LAST_SEEN,
            slug,
            max_age=REMEMBERED,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _declared(view: View, audience: Audience, permission: Permission | None) -> Page:
    page = cast("Page", view)
    page.audience, page.permission = audience, permission
    return page
