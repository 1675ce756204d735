"""What to put into URLs, so that tests can visit every page there is.

A page whose URL holds something new adds a line here: a function that makes one at a brand and a
branch and returns what the URL holds, or a word when the URL holds no object.
"""

from collections.abc import Callable

from django.utils import timezone

from regulars.organization.public import AuditAction, Branch, Brand, User, audit, invite
from tests.cast import make_staff

Make = Callable[[Brand, Branch], object]


def _somebody(brand: Brand, branch: Branch) -> User:
    return make_staff(email=f"some.{branch.pk}@regulars.test", brand=brand, branch=branch)


def _token(brand: Brand, branch: Branch) -> str:
    return invite(_somebody(brand, branch), by=None, now=timezone.now())


OBJECTS: dict[str, Make] = {
    "branch": lambda brand, branch: branch.pk,
    "person": lambda brand, branch: _somebody(brand, branch).pk,
    "role": lambda brand, branch: _somebody(brand, branch).roles.get().pk,
    "entry": lambda brand, branch: audit(None, AuditAction.CHANGE, brand=brand).pk,
}

OF_A_BRANCH: set[str] = set()
"""Which of these a branch manager sees at their own branch only."""

WORDS: dict[str, Make] = {
    "token": _token,
    "uidb36": lambda brand, branch: "1",
    "key": lambda brand, branch: "set-password",
}
"""What is no object of a brand: whoever has the page may have it with any word."""
