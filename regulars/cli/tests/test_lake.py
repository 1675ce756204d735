"""``regulars lake``."""

import json
from typing import Any

import pytest
from django.db import transaction
from typer.testing import CliRunner

from regulars.cli.console import Refused
from regulars.cli.lake import app
from regulars.identify.commerce.public import Product
from regulars.lake.public import next_revision, reading

pytestmark = pytest.mark.usefixtures("lake")


def run(*words: str) -> Any:
    result = CliRunner().invoke(app, [*words, "--json"])
    if result.exception:
        raise result.exception
    return json.loads(result.stdout)


def test_an_empty_lake_says_so():
    assert run("status") is None
    with pytest.raises(Refused, match="catch-up"):
        run("compact")


def test_the_lake_is_filled_and_looked_after(teahouse):
    with transaction.atomic():
        sencha = Product.objects.create(brand=teahouse, sku="sencha", revision=next_revision())
    assert run("catch-up")["rows"] == {"products": 1}
    assert run("catch-up")["rows"] == {}
    assert run("rebuild")["rows"] == {"products": 1}
    status = run("status")
    assert (status["revision"], status["behind"]) == (sencha.revision, 0)
    assert {one["name"]: one["rows"] for one in status["tables"]}["products"] == 1
    assert run("compact") == {}
    assert run("erase", "4711") == {"erased": [4711]}
    with reading() as lake:
        assert lake.table("products").sku.to_pyarrow().to_pylist() == ["sencha"]


def test_a_person_is_told_in_sentences():
    for words in ("status",), ("catch-up",), ("status",), ("compact",), ("erase", "1"):
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == 0, result.output
        assert result.stdout
