"""``regulars segment`` on a small shop."""

import json

import pytest
from typer.testing import CliRunner

from regulars.cli.segments import app
from regulars.differentiate.segments.public import make_segment
from tests.people import make_order

BOUGHT = {"version": 1, "match": {"condition": "orders", "about": "orders", "is": "at_least",
          "value": 1}}  # fmt: skip


@pytest.fixture
def shop(lake, teahouse, alice, bob):
    make_order(brand=teahouse, customer=alice)
    return teahouse


def said(*arguments):
    done = CliRunner().invoke(app, [*arguments, "--brand", "teahouse", "--json"])
    assert done.exit_code == 0, done.exception
    return json.loads(done.stdout)


def test_people_are_counted_listed_and_explained(shop, alice, bob, dan, tmp_path):
    (tmp_path / "tree.json").write_text(json.dumps(BOUGHT))
    tree = ["--tree", f"@{tmp_path / 'tree.json'}"]
    found = said("count", *tree)
    assert (found["people"], found["everybody"], found["net_value"]) == (1, 2, 12.5)
    assert said("members", "--tree", json.dumps(BOUGHT)) == [alice.public_id]
    make_segment(brand=shop, name="Buyers", tree=BOUGHT, by=dan, now=alice.created_at)
    why = said("explain", bob.public_id, "--segment", "buyers")
    assert (why["holds"], why["found"]) == (False, "0")
    assert [row["name"] for row in said("list")] == ["Buyers"]


@pytest.mark.parametrize("tree", ["{", "@/nowhere", '{"version": 1, "match": {"all": []}}'])
def test_what_is_no_tree_is_refused_with_a_sentence(shop, tree):
    done = CliRunner().invoke(app, ["count", "--brand", "teahouse", "--tree", tree])
    assert done.exit_code == 1
    assert str(done.exception)


def test_a_list_of_people_is_brought_in_and_asked_for(shop, alice, bob, tmp_path):
    file = tmp_path / "guests.txt"
    file.write_text(
        f"\ufeff{alice.public_id}\n\nBOB@mail.test\n+44 7700 900123\nnobody@mail.test\n"
    )
    made = said("upload", str(file), "--name", "Guests")
    assert (made["people"], made["unknown"]) == (2, 1)
    tree = {"version": 1, "match": {"condition": "list", "about": str(made["id"]), "is": "yes"}}
    assert said("count", "--tree", json.dumps(tree))["people"] == 2
    again = CliRunner().invoke(
        app, ["upload", str(file), "--brand", "teahouse", "--name", "guests"]
    )
    assert again.exit_code == 1
    assert [(row["name"], row["people"], row["used_by"]) for row in said("lists")] == [
        ("Guests", 2, [])
    ]
    file.write_bytes(f"seat;guest\n1;{alice.public_id}\n".encode("utf-16"))
    newer = said("upload", str(file), "--name", "guests", "--replace")
    assert (newer["id"], newer["people"]) == (made["id"], 1)
    assert said("count", "--tree", json.dumps(tree))["people"] == 1
    unheard = ["upload", str(file), "--brand", "teahouse", "--name", "Strangers", "--replace"]
    assert CliRunner().invoke(app, unheard).exit_code == 1
