"""The JSON Schema of segments, made of what the families of conditions declare."""

import json
from collections.abc import Mapping
from typing import Any

from regulars.differentiate.segments.calendar import PERIODS, UNITS
from regulars.differentiate.segments.family import Family, families
from regulars.differentiate.segments.operators import MOST_DAYS, MOST_VALUES, OPERATORS, Takes
from regulars.differentiate.segments.tree import DEEPEST, MOST_FILTERS, VERSION, Match
from regulars.differentiate.segments.values import LONGEST_TEXT
from regulars.differentiate.segments.windows import ANCHORS, HOURS, MOST
from regulars.organization.public import Brand

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
SCALAR: Schema = {"anyOf": [TEXT, {"type": "number"}]}
DAY: Schema = {"type": "string", "format": "date"}
VALUES: dict[Takes, Schema] = {
    Takes.ONE: SCALAR,
    Takes.TWO: {"type": "array", "items": SCALAR, "minItems": 2, "maxItems": 2},
    Takes.MANY: {"type": "array", "items": SCALAR, "minItems": 1, "maxItems": MOST_VALUES},
    Takes.DAYS: {"type": "integer", "minimum": 1, "maximum": MOST_DAYS},
    Takes.PATTERN: TEXT,
}


def json_schema(*, brand: Brand | None = None) -> Schema:
    """Return the JSON Schema (2020-12) of a tree; with a brand it lists what one can ask about."""
    known = families()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Segment",
        "description": "Which customers are meant: all, any or none of conditions, nested at most "
        f"{DEEPEST} deep. A comparison with an unknown value does not hold; only 'unknown' does.",
        "type": "object",
        "properties": {"version": {"const": VERSION}, "match": {"$ref": "#/$defs/node"}},
        "required": ["version", "match"],
        "additionalProperties": False,
        "$defs": {
            "node": {"oneOf": [*_groups(), {"$ref": "#/$defs/condition"}]},
            "condition": {"oneOf": [_condition(family, brand) for family in known.values()]},
            "filter": {
                "type": "object",
                "properties": {"about": {"type": "string"}},
                "required": ["about"],
                "allOf": [{"$ref": "#/$defs/comparison"}],
                "unevaluatedProperties": False,
            },
            "comparison": {"type": "object", "required": ["is"], "oneOf": _comparisons()},
            "window": {"type": "object", "oneOf": _windows()},
        },
    }


def schema_text() -> str:
    """Return the schema as it is published."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _groups() -> list[Schema]:
    nodes = {"type": "array", "items": {"$ref": "#/$defs/node"}, "minItems": 1}
    return [_object({str(match): nodes}, required=[str(match)]) for match in Match]


def _condition(family: Family, brand: Brand | None) -> Schema:
    properties: Schema = {"condition": {"const": family.key}, "about": {"type": "string"}}
    if brand is not None:
        listed = [subject.key for subject in family.subjects(brand)]
        if family.subject is None:
            properties["about"] = {"enum": listed}
    if family.filters:
        filters = {"type": "array", "items": {"$ref": "#/$defs/filter"}, "maxItems": MOST_FILTERS}
        properties["where"] = filters
    if family.windowed:
        properties["window"] = {"$ref": "#/$defs/window"}
    properties |= {extra.name: extra.schema for extra in family.extras}
    return {
        "title": family.key,
        "type": "object",
        "properties": properties,
        "required": ["condition", "about", *(extra.name for extra in family.extras)],
        "allOf": [{"$ref": "#/$defs/comparison"}],
        "unevaluatedProperties": False,
    }


def _comparisons() -> list[Schema]:
    found = []
    for takes in Takes:
        keys = [key for key, operator in OPERATORS.items() if operator.takes == takes]
        value = VALUES.get(takes)
        properties: Schema = {"is": {"enum": keys}}
        if value:
            properties["value"] = value
        found.append({"properties": properties, "required": ["is", *(["value"] if value else [])]})
    return found


def _windows() -> list[Schema]:
    count = {"type": "integer", "minimum": 1, "maximum": MOST}
    units = {"enum": [HOURS, *UNITS]}
    until = {"type": "integer", "minimum": 0, "maximum": MOST}
    anchor = {"enum": list(ANCHORS)}
    return [
        _object({"from": DAY, "to": DAY}, minProperties=1),
        _object({"last": count, "until": until, "unit": units}, required=["last"]),
        _object({"this": {"enum": list(PERIODS)}}, required=["this"]),
        _object({"previous": {"enum": list(PERIODS)}}, required=["previous"]),
        _object({"days": count, "after": anchor}, required=["days", "after"]),
        _object({"days": count, "before": anchor}, required=["days", "before"]),
    ]


def _object(properties: Mapping[str, Any], **more: Any) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        **more,
        "additionalProperties": False,
    }
