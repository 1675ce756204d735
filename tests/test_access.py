"""Every page of the product, visited by every role, by strangers and by the other brand's staff."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from regulars.organization.permissions import ALLOWED
from regulars.organization.public import Audience, Branch, Brand, Permission, RoleName, User
from tests.cast import make_branch, make_staff
from tests.pages import Place, ask, browser, places
from tests.samples import OBJECTS, OF_A_BRANCH, WORDS

PLACES = places()
OF_STAFF = [place for place in PLACES if place.audience == Audience.STAFF]
OF_OBJECTS = [place for place in OF_STAFF if place.holds & set(OBJECTS)]
METHODS = ("GET", "POST")
MEANT = {"django_session", "organization_auditentry", "organization_cache"}
WRITE = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@pytest.fixture
def oven(bakery: Brand) -> Branch:
    return make_branch(brand=bakery, code="oven")


@pytest.fixture
def nobody(db: None) -> User:
    """Somebody who signs in and has no role anywhere."""
    return make_staff(email="nobody@regulars.test", role=None)


@contextmanager
def changing_nothing() -> Iterator[None]:
    """Fail when the block writes anything but sessions, the audit and counters."""
    written = []

    def watch(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        table = WRITE.match(sql)
        if table and table[1] not in MEANT:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not written, f"A GET changes nothing, ever; this one ran:\n{written[0]}"


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_page_says_for_whom_it_is(place: Place) -> None:
    assert place.audience is not None, (
        f"{place.route}: put @staff_page(Permission.…), @signed_in_page or @public_page of "
        "regulars.organization.public on the view, above every other decorator."
    )


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_tests_know_what_every_url_holds(place: Place) -> None:
    unknown = place.holds - {"brand"} - set(OBJECTS) - set(WORDS)
    assert not unknown, (
        f"{place.route}: say in tests/samples.py how to make a {', '.join(sorted(unknown))}."
    )


@pytest.mark.parametrize("place", OF_STAFF, ids=str)
def test_pages_of_staff_belong_to_a_brand(place: Place) -> None:
    assert "brand" in place.holds, f"{place.route}: @staff_page needs <slug:brand> in the URL."


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("place", OF_STAFF, ids=str)
def test_who_is_not_signed_in_is_led_to_the_door(
    place: Place, method: str, teahouse: Brand, soho: Branch
) -> None:
    answer = ask(method, place.url(brand=teahouse, of=soho), None)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("place", OF_STAFF, ids=str)
def test_staff_of_another_brand_find_nothing(
    place: Place, method: str, teahouse: Brand, soho: Branch, rosa: User, nobody: User
) -> None:
    url = place.url(brand=teahouse, of=soho)
    for person in (rosa, nobody):
        assert ask(method, url, person).status_code == 404, person


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("place", OF_OBJECTS, ids=str)
def test_things_of_another_brand_are_not_found_at_ones_own(
    place: Place, method: str, bakery: Brand, soho: Branch, rosa: User, oven: Branch
) -> None:
    assert ask(method, place.url(brand=bakery, of=soho), rosa).status_code in {404, 405}
    assert ask("GET", place.url(brand=bakery, of=oven), rosa).status_code != 404


@pytest.mark.parametrize("place", [p for p in PLACES if p.audience != Audience.EVERYBODY], ids=str)
def test_forms_of_other_sites_are_refused(
    place: Place, teahouse: Brand, soho: Branch, dan: User
) -> None:
    url = place.url(brand=teahouse, of=soho)
    visitor = browser(dan, strict=True)
    with changing_nothing():
        assert visitor.post(url).status_code == 403


@pytest.mark.parametrize("role", RoleName)
@pytest.mark.parametrize("place", OF_STAFF, ids=str)
def test_roles_reach_what_they_are_allowed(
    place: Place, role: RoleName, teahouse: Brand, soho: Branch, staff: dict[RoleName, User]
) -> None:
    url = place.url(brand=teahouse, of=soho)
    allowed = place.permission in ALLOWED[role]
    visitor = browser(staff[role])
    with changing_nothing():
        seen = visitor.get(url).status_code
    done = ask("POST", url, staff[role]).status_code
    if allowed:
        assert seen < 400 or seen == 405, seen
        assert done < 500, done
        assert done not in {403, 404}, done
    else:
        assert (seen, done) == (403, 403)


@pytest.mark.parametrize("place", [p for p in OF_STAFF if p.name.startswith("explore:")], ids=str)
def test_figures_of_a_brand_stay_with_those_who_may_see_them(place: Place) -> None:
    assert place.permission != Permission.SEE_CUSTOMERS


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("place", [p for p in OF_STAFF if p.holds & OF_A_BRANCH], ids=str)
def test_branch_managers_find_nothing_of_other_branches(
    place: Place, method: str, teahouse: Brand, camden: Branch, ben: User
) -> None:
    answer = ask(method, place.url(brand=teahouse, of=camden), ben)
    assert answer.status_code in {403, 404, 405}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("place", [p for p in PLACES if p.audience == Audience.SIGNED_IN], ids=str)
def test_pages_of_the_signed_in_are_closed_to_others(
    place: Place, method: str, teahouse: Brand, soho: Branch, nobody: User, dan: User
) -> None:
    url = place.url(brand=teahouse, of=soho)
    answer = ask(method, url, None)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/")
    for person in (nobody, dan):
        assert ask(method, url, person).status_code < 500


@pytest.mark.parametrize("place", [p for p in PLACES if p.audience != Audience.STAFF], ids=str)
def test_other_pages_change_nothing_by_being_looked_at(
    place: Place, teahouse: Brand, soho: Branch, dan: User
) -> None:
    url = place.url(brand=teahouse, of=soho)
    for person in (None, dan):
        visitor = browser(person)
        with changing_nothing():
            assert visitor.get(url).status_code < 500
