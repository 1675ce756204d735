"""docs/data_retention.yaml says of every stored field what it is for and how long it is kept."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db import connection

from regulars.lake.mirrors import mirrors
from tests.source import ROOT

FILE = "docs/data_retention.yaml"
POLICY: dict[str, Any] = yaml.safe_load((ROOT / FILE).read_text(encoding="utf-8"))
THEIRS = {"django_migrations", "sqlite_sequence"}


def _listed(section: str) -> dict[str, list[str]]:
    kept = POLICY[section] or {}
    return {
        where: [name for line in lines for name in line.split()] for where, lines in kept.items()
    }


PERSONAL = _listed("personal")
OTHER = {where: line.split() for where, line in POLICY["other"].items()}


def _stored() -> Iterator[tuple[str, set[str]]]:
    for model in apps.get_models(include_auto_created=True):
        yield model._meta.label, {field.name for field in model._meta.local_fields}
    for name, mirror in mirrors().items():
        yield f"lake {name}", set(mirror.schema.names)


@pytest.mark.parametrize(("where", "fields"), [pytest.param(*s, id=s[0]) for s in _stored()])
def test_every_stored_field_is_accounted_for(where: str, fields: set[str]) -> None:
    said = [*PERSONAL.get(where, []), *OTHER.get(where, [])]
    assert len(said) == len(set(said)), f"{FILE} names a field of {where} twice: {sorted(said)}"
    missing, gone = sorted(fields - set(said)), sorted(set(said) - fields)
    assert not missing, (
        f"{FILE}: does {where} say something about a person in: {', '.join(missing)}? If so, add "
        "them under 'personal' with what they are for and a rule; if not, under 'other'."
    )
    assert not gone, f"{FILE}: {where} no longer has {', '.join(gone)}; take them out."


def test_nothing_is_listed_that_is_not_stored() -> None:
    known = {where for where, _ in _stored()}
    models = {where for where in [*PERSONAL, *OTHER] if " " not in where}
    assert not models - known, f"{FILE}: take out {sorted(models - known)}."


def test_tables_without_a_model_are_accounted_for(db: None) -> None:
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables = set(connection.introspection.table_names()) - models - THEIRS
    said = {where.removeprefix("table ") for where in [*PERSONAL, *OTHER] if "table " in where}
    assert tables == said, (
        f"{FILE}: write 'table {', '.join(sorted(tables ^ said))}' or take it out."
    )


def test_personal_data_have_a_purpose_and_a_rule() -> None:
    for where, lines in POLICY["personal"].items():
        for fields, reason in lines.items():
            assert set(reason) == {"for", "rule"}, (
                f"{FILE}: {where} {fields}: say 'for' and 'rule'."
            )
            assert reason["rule"] in POLICY["rules"], f"{FILE}: {where} {fields}: no such rule."


def test_every_rule_says_how_long_and_how_it_ends_and_is_used() -> None:
    used = {reason["rule"] for lines in POLICY["personal"].values() for reason in lines.values()}
    used |= {reason["rule"] for reason in POLICY["elsewhere"].values()}
    assert used == set(POLICY["rules"])
    for name, rule in POLICY["rules"].items():
        assert set(rule) == {"kept", "erased"}, f"{FILE}: the rule {name} says 'kept' and 'erased'."
