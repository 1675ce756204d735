"""Every page there is, as a browser and a screen reader get it, in both languages."""

import pytest
from django.conf import settings

from regulars.organization.public import Branch, Brand, User
from tests.markup import flaws
from tests.pages import Place, browser, places

PLACES = places()
LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_page_is_well_made(
    place: Place, language: str, teahouse: Brand, soho: Branch, dan: User
) -> None:
    visitor = browser(dan)
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = visitor.get(place.url(brand=teahouse, of=soho))
    html = answer["Content-Type"].startswith("text/html")
    if answer.status_code != 200 or not html or answer.streaming:
        return
    found = flaws(answer.content.decode())
    assert not found, f"{place.route}\n" + "\n".join(found)
