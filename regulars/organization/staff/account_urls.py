"""Those of allauth's pages that staff use: no sign-up, no change of address."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as two_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import include, path, re_path

from regulars.organization.audience import Page, public_page, signed_in_page
from regulars.organization.staff.account import account as account_page
from regulars.organization.staff.brand import new_brand
from regulars.organization.staff.home import home
from regulars.organization.staff.invitation import invitation

View = Callable[..., HttpResponseBase]


def answering_422(view: View) -> View:
    """Say that a form was not accepted, where allauth says 200."""

    @wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        if request.method == "POST" and isinstance(response, TemplateResponse):
            form = (response.context_data or {}).get("form")
            if form is not None and form.errors:
                response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return page


def for_all(view: View) -> Page:
    return public_page(answering_422(view))


def signed_in(view: View) -> Page:
    return signed_in_page(answering_422(view))


accounts = [
    path("me/", account_page, name="account"),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("login/", for_all(account.login), name="account_login"),
    path("logout/", for_all(account.logout), name="account_logout"),
    path("inactive/", for_all(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path(
        "password/change/",
        signed_in(account.password_change),
        name="account_change_password",
    ),
    path("password/set/", signed_in(account.password_set), name="account_set_password"),
    path("password/reset/", for_all(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        for_all(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        for_all(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        for_all(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", signed_in(two_factor.index), name="mfa_index"),
    path("2fa/authenticate/", for_all(two_factor.authenticate), name="mfa_authenticate"),
    path(
        "2fa/reauthenticate/",
        signed_in(two_factor.reauthenticate),
        name="mfa_reauthenticate",
    ),
    path("2fa/totp/activate/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/",
        signed_in(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        signed_in(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        signed_in(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]

urlpatterns = [
    path("", home, name="home"),
    path("accounts/", include(accounts)),
    path("brands/new/", new_brand, name="new_brand"),
]
