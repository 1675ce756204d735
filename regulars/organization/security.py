"""What every answer tells the browser about trust, and in which language it speaks."""

import ipaddress
from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from regulars.organization.models import User

Answer = Callable[[HttpRequest], HttpResponse]

DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",  # the picture of a two-factor secret, charts saved as pictures
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
POLICY = "; ".join(DIRECTIVES)
UNUSED_FEATURES = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
NOTHING_ALLOWED = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)


class ContentSecurityPolicy:
    """Allow what the server itself sent, and nothing written into a page."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", NOTHING_ALLOWED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class OwnLanguage:
    """Speak the language of the signed-in person, unless this browser chose another."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language() or language
        return self.answer(request)

    def _language(self, request: HttpRequest) -> str:
        chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if chosen or not known or not isinstance(request.user, User):
            return ""
        return request.user.language


class NoNulCharacters:
    """Refuse what no database can keep, before anything is done with it.

    What comes with files is judged by the forms that take them.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        written = request.content_type == "application/x-www-form-urlencoded"
        if _has_nul(request.GET) or (written and _has_nul(request.POST)):
            raise BadRequest("A NUL character was sent.")
        return self.answer(request)


def _has_nul(told: QueryDict) -> bool:
    return any("\0" in text for name, values in told.lists() for text in (name, *values))


def address_of(request: HttpRequest | None) -> str | None:
    """The network address a request came from, believing as many proxies as settings say."""
    if request is None:
        return None
    try:
        address = DefaultAccountAdapter(request).get_client_ip(request)
        return str(ipaddress.ip_address(address))
    except (KeyError, PermissionDenied, ValueError):
        return None
