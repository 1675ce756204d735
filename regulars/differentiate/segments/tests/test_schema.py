"""The published schema says what is read."""

import importlib
import json
import sys
from datetime import date

from regulars.differentiate.segments import family as families_module
from regulars.differentiate.segments.asking import members_on
from regulars.differentiate.segments.draft import draft_of
from regulars.differentiate.segments.public import json_schema, read_tree, schema_text, sentence
from regulars.differentiate.segments.staff.builder.menu import condition_menu
from regulars.differentiate.segments.staff.builder.nodes import forms_of
from regulars.differentiate.segments.tests.shelf import Shelf
from tests.source import ROOT

ONE_FILE = '''
"""Conditions about how many letters a city has."""

from regulars.differentiate.segments.public import Family, Subject, ValueKind, declare

LETTERS = Subject(key="letters", label="letters of the city", kind=ValueKind.NUMBER)

declare(
    Family(
        key="spelling",
        label="Spelling",
        subjects=lambda brand: [LETTERS],
        measure=lambda condition, ground: ground.person.city.length(),
    )
)
'''


def test_the_schema_in_the_documents_is_the_one_that_is_served():
    published = (ROOT / "docs/segment.schema.json").read_text("utf-8")
    assert published == schema_text(), "Run: regulars segment schema > docs/segment.schema.json"


def test_a_brands_schema_lists_what_one_can_ask_about(teahouse, soho):
    told = json_schema(brand=teahouse)["$defs"]["condition"]["oneOf"]
    metric = next(one for one in told if one["title"] == "metric")
    assert {"visits", "net_minor", "cell"} <= set(metric["properties"]["about"]["enum"])


def test_one_file_adds_a_family_of_conditions(tmp_path, monkeypatch, db):
    folder = ROOT / "regulars/differentiate/segments/conditions"
    (tmp_path / "spelling.py").write_text(ONE_FILE, "utf-8")
    package = importlib.import_module(families_module.CONDITIONS)
    families_module.families()
    monkeypatch.setattr(package, "__path__", [str(folder), str(tmp_path)])
    monkeypatch.setattr(families_module, "_families", dict(families_module._families))
    families_module._discover.cache_clear()
    try:
        _ask_about_spelling()
    finally:
        sys.modules.pop(f"{families_module.CONDITIONS}.spelling", None)
        families_module._discover.cache_clear()


def _ask_about_spelling():
    shelf = Shelf(today=date(2025, 3, 31))
    shelf.customer(1, city="Leeds")
    shelf.customer(2, city="Edinburgh")
    shelf.customer(3)
    asked = {"condition": "spelling", "about": "letters", "is": "at_least", "value": 6}
    tree = {"version": 1, "match": asked}
    assert set(members_on(read_tree(tree, brand=shelf.brand), shelf.ground())) == {2}
    said = sentence(tree=json.dumps(tree), brand=shelf.brand, language="en")
    assert said == "Letters of the city is at least 6"
    form = forms_of(draft_of(tree), shelf.brand, {}).nodes[0]
    assert form.about is not None
    assert [option.label for option in form.about.about.options] == ["letters of the city"]
    assert [field.value for field in form.about.values] == ["6"]
    assert "spelling" in [
        entry.key for _group, listed in condition_menu(shelf.brand) for entry in listed
    ]
    assert "spelling" in [one["title"] for one in json_schema()["$defs"]["condition"]["oneOf"]]
