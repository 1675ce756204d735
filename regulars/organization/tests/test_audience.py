"""Who gets a page, and what the others are told."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from regulars.organization.public import (
    Audience,
    Branch,
    Brand,
    Permission,
    StaffRequest,
    User,
    public_page,
    signed_in_page,
    staff_page,
)


@staff_page(Permission.EXPORT)
def exports(request: StaffRequest, brand: Brand) -> HttpResponse:
    return HttpResponse(f"{brand.name} for {request.access.user.name}")


@signed_in_page
def account(request: StaffRequest) -> HttpResponse:
    return HttpResponse("account")


@public_page
def about(request: StaffRequest) -> HttpResponse:
    return HttpResponse("about")


def ask(page: object, user: User | AnonymousUser, **kwargs: str) -> HttpResponse:
    request = RequestFactory().get("/b/teahouse/exports/?page=2")
    request.user = user
    return page(request, **kwargs)  # type: ignore[operator, no-any-return]


def test_a_page_declares_its_audience() -> None:
    assert (exports.audience, exports.permission) == (Audience.STAFF, Permission.EXPORT)
    assert (account.audience, account.permission) == (Audience.SIGNED_IN, None)
    assert (about.audience, about.permission) == (Audience.EVERYBODY, None)


def test_staff_with_the_permission_get_the_page_and_the_brand(dan: User, teahouse: Brand) -> None:
    assert ask(exports, dan, brand="teahouse").content.decode() == "Teahouse 茶舍 for Dan Nowak"


def test_staff_without_the_permission_are_refused(ben: User, soho: Branch) -> None:
    with pytest.raises(PermissionDenied):
        ask(exports, ben, brand="teahouse")


def test_staff_of_another_brand_find_nothing(rosa: User, teahouse: Brand) -> None:
    with pytest.raises(Http404):
        ask(exports, rosa, brand="teahouse")


@pytest.mark.parametrize(("page", "kwargs"), [(exports, {"brand": "teahouse"}), (account, {})])
def test_who_is_not_signed_in_is_led_to_the_door_and_back(
    page: object, kwargs: dict[str, str]
) -> None:
    response = ask(page, AnonymousUser(), **kwargs)

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/b/teahouse/exports/%3Fpage%3D2"


def test_a_fragment_leads_its_page_to_the_door() -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/b/teahouse/?tab=2"}
    request = RequestFactory().get("/b/teahouse/exports/row/7/", headers=headers)
    request.user = AnonymousUser()
    response = exports(request, brand="teahouse")

    assert response.status_code == 401
    assert response["HX-Redirect"] == "/accounts/login/?next=/b/teahouse/%3Ftab%3D2"


def test_a_public_page_asks_nothing() -> None:
    assert ask(about, AnonymousUser()).content == b"about"
