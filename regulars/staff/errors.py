"""What a person sees when there is no page to show: why, what was kept, and what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from regulars.lake.public import NeverMirrored, NotInTheLake


def _page(template: str, *, status: int) -> Callable[..., HttpResponse]:
    def show(request: HttpRequest, *_reason: object, **_more: object) -> HttpResponse:
        return render(request, template, {"layout": _layout(request)}, status=status)

    return show


not_understood = _page("400.html", status=400)
not_allowed = _page("403.html", status=403)
not_here = _page("404.html", status=404)
not_sent_by_us = _page("403_csrf.html", status=403)
not_computed_yet = _page("503.html", status=503)


class ComputedLater:
    """Ask for patience when a page reads what was not computed yet, or is being made anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NeverMirrored | NotInTheLake):
            return None
        answer = not_computed_yet(request)
        answer.headers["Retry-After"] = "10"
        return answer


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; with nothing that could fail again, no database and no language."""
    theme = request.COOKIES.get("theme", "")
    context = {"fragment": "HX-Request" in request.headers, "theme": theme}
    return HttpResponse(render_to_string("500.html", context), status=500)


def _layout(request: HttpRequest) -> str:
    if getattr(request, "htmx", False):
        return "ui/fragment.html"
    return "ui/shell.html" if hasattr(request, "access") else "ui/door.html"
