"""The published schema says what is read."""

from regulars.differentiate.segments.public import json_schema, schema_text
from tests.source import ROOT


def test_the_schema_in_the_documents_is_the_one_that_is_served():
    published = (ROOT / "docs/segment.schema.json").read_text("utf-8")
    assert published == schema_text(), "Run: regulars segment schema > docs/segment.schema.json"


def test_a_brands_schema_lists_what_one_can_ask_about(teahouse, soho):
    told = json_schema(brand=teahouse)["$defs"]["condition"]["oneOf"]
    metric = next(one for one in told if one["title"] == "metric")
    assert {"visits", "net_minor", "cell"} <= set(metric["properties"]["about"]["enum"])
