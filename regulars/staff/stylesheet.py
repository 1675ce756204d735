"""The style sheet: many files to write, one to load."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from regulars.organization.public import public_page
from regulars.ui import assets

FOR_EVER = cache_control(public=True, immutable=True, max_age=365 * 24 * 3600)
NOT_AT_ALL = cache_control(no_cache=True)


@public_page
def stylesheet(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Serve it; browsers keep it when it has the name of this release."""
    keep = fingerprint == assets.fingerprint() and not settings.DEBUG
    return (FOR_EVER if keep else NOT_AT_ALL)(_styles)(request)


def _styles(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(assets.stylesheet(), content_type="text/css; charset=utf-8")
