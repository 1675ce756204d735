"""What a person sees when there is no page to show: why, what was kept, and what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def _page(template: str, *, status: int) -> Callable[..., HttpResponse]:
    def show(request: HttpRequest, *_reason: object, **_more: object) -> HttpResponse:
        return render(request, template, {"layout": _layout(request)}, status=status)

    return show


not_understood = _page("400.html", status=400)
not_allowed = _page("403.html", status=403)
not_here = _page("404.html", status=404)
not_sent_by_us = _page("403_csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; with nothing that could fail again, no database and no language."""
    theme = request.COOKIES.get("theme", "")
    context = {"fragment": "HX-Request" in request.headers, "theme": theme}
    return HttpResponse(render_to_string("500.html", context), status=500)


def _layout(request: HttpRequest) -> str:
    if getattr(request, "htmx", False):
        return "ui/fragment.html"
    return "ui/shell.html" if hasattr(request, "access") else "ui/door.html"
