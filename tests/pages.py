"""Every URL of the product, with its view."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from regulars.organization.public import Audience, Branch, Brand, Page, Permission, User
from tests.samples import OBJECTS, WORDS


@dataclass(frozen=True)
class Place:
    """A URL pattern: its name, what it holds, and the view behind it."""

    name: str
    route: str
    holds: frozenset[str]
    view: Page

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> Audience | None:
        return getattr(self.view, "audience", None)

    @property
    def permission(self) -> Permission | None:
        return getattr(self.view, "permission", None)

    def url(self, *, brand: Brand, of: Branch) -> str:
        """The URL at ``brand``, holding things that belong to the branch ``of`` and its brand."""
        makers = {**OBJECTS, **WORDS}
        held = {name: makers[name](of.brand, of) for name in self.holds - {"brand"}}
        return self.url_of(brand=brand, **held)

    def url_of(self, *, brand: Brand, **held: Any) -> str:
        """The URL at ``brand``, holding some of these."""
        known = {**held, "brand": brand.slug}
        return reverse(self.name, kwargs={name: known[name] for name in self.holds})


def places() -> list[Place]:
    return sorted(_walk(get_resolver(), "", "", frozenset()), key=str)


def browser(person: User | None, *, strict: bool = False) -> Client:
    """Open a browser, signed in as a person; a strict one proves where its forms come from."""
    client = Client(enforce_csrf_checks=strict)
    if person is not None:
        client.force_login(person)
    return client


def ask(method: str, url: str, person: User | None) -> HttpResponseBase:
    return browser(person).generic(method, url)


def _walk(resolver: URLResolver, route: str, prefix: str, holds: frozenset[str]) -> Iterator[Place]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        within = holds | set(_held(pattern))
        if isinstance(pattern, URLPattern):
            view: Any = pattern.callback
            yield Place(f"{prefix}{pattern.name or here}", here, frozenset(within), view)
        else:
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern, here, prefix + space, frozenset(within))


def _held(pattern: URLPattern | URLResolver) -> set[str]:
    regex = getattr(pattern.pattern, "regex", None)
    return set(pattern.pattern.converters) | set(regex.groupindex if regex else ())
