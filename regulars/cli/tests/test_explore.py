"""``regulars explore``, as a machine reads it."""

import json

import pytest
from typer.testing import CliRunner

from regulars.cli.console import Refused
from regulars.cli.explore import app
from regulars.differentiate.metrics.public import compute
from regulars.lake.public import catch_up
from tests.people import NOW, make_order

pytestmark = pytest.mark.django_db(transaction=True)


def ask(*arguments):
    return CliRunner().invoke(app, ["--brand", "teahouse", "--json", *arguments])


def test_measures_come_by_dimensions_in_units_of_money(lake, teahouse, alice):
    for channel, amount in (("web", 1250), ("store", 300), ("web", 50)):
        make_order(brand=teahouse, customer=alice, channel=channel, lines=[("sencha", 1, amount)])

    catch_up()
    compute(brand=teahouse, as_of=NOW.date())
    asked = ("--measure", "net_revenue", "--measure", "orders", "--by", "channel")
    told = json.loads(ask(*asked).stdout)
    assert [(row["by"], row["figures"]) for row in told["rows"]] == [
        ({"channel": "web"}, {"net_revenue": 13.0, "orders": 2}),
        ({"channel": "store"}, {"net_revenue": 3.0, "orders": 1}),
    ]
    assert told["whole"]["figures"] == {"net_revenue": 16.0, "orders": 3}
    refused = ask("--measure", "average_order", "--by", "product").exception
    assert isinstance(refused, Refused)
    assert "by[0]" in str(refused)
