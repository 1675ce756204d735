import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import regulars.ui
from tests.markup import read

UI = Path(regulars.ui.__file__).parent
COMPONENTS = sorted(path.stem for path in (UI / "templates/cotton").glob("*.html"))
SHOWN_BY_OTHERS = {"trouble": "400.html", "messages": "ui/shell.html"}


def _gallery(client: Client, language: str) -> str:
    client.cookies["django_language"] = language
    return client.get(reverse("gallery")).content.decode()


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_is_shown(component: str):
    place = SHOWN_BY_OTHERS.get(component, "ui/gallery*/*.html")
    pages = [*(UI / "templates").glob(place), *(UI / "templates/ui").glob("gallery.html")]
    within = [*pages, *(UI / "templates/cotton").glob("*.html")]
    used = any(re.search(rf"<c-{component}[\s/>]", page.read_text("utf-8")) for page in within)
    assert used, f"Show <c-{component}> in ui/templates/ui/gallery/."


@pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("zh-hans", "zh-hans")])
def test_the_gallery_speaks_the_language_of_the_page(
    client: Client, db: None, language: str, lang: str
):
    html = _gallery(client, language)
    assert read(html).all("html")[0].attributes["lang"] == lang
    assert ("组件" in html) == (language == "zh-hans")


def test_a_chart_stands_in_the_page_as_a_table_too(client: Client, db: None):
    figures = read(_gallery(client, "en")).all("figure")
    assert len(figures) == 4
    for figure in figures:
        assert figure.all("figcaption")[0].text
        table = figure.all("table")[0]
        assert len(table.all("tr")) > 2
        assert all(head.attributes["scope"] in {"col", "row"} for head in table.all("th"))


def test_a_choice_of_theme_is_in_the_first_picture(client: Client, db: None):
    client.cookies["theme"] = "dark"
    page = read(_gallery(client, "en"))
    assert page.all("html")[0].attributes["data-theme"] == "dark"
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in read(_gallery(client, "en")).all("html")[0].attributes
