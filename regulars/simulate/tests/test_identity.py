import json
import re

import numpy as np
import pyarrow.compute as pc
import pytest

from regulars.identify.customers.public import normal_form
from regulars.simulate.arrays import DAY
from regulars.simulate.history import simulate
from regulars.simulate.household import household_table
from regulars.simulate.identity import identity_table
from regulars.simulate.phones import phone_numbers
from regulars.simulate.shops import SHOPS
from regulars.simulate.staff_fields import field_columns, fields_as_json
from regulars.simulate.tests.histories import UNTIL, history, plain

UNKNOWN = {"gender": 0.2, "born_on": 0.45, "phone": 0.4, "interests": 0.65}
RINGS_NOWHERE = re.compile(
    r"\+447700900\d{3}|\+44(113|114|115|116|117|118|121|131|141|151|161)4960\d{3}"
    r"|\+441914980\d{3}|\+442079460\d{3}|\+442896496\d{3}|\+442920180\d{3}|\+441632960\d{3}"
    r"|\+1\d{3}555[2-9]\d{3}|\+86169\d{8}"
)


def test_as_much_is_unknown_as_meant():
    table = identity_table(history(size=20_000))
    for name, share in UNKNOWN.items():
        assert abs(table[name].null_count / len(table) - share) < 0.03, name


@pytest.mark.parametrize("kind", ["email", "phone", "wechat_openid", "user_id"])
def test_identifiers_are_unique_and_in_their_normal_form(kind):
    values = identity_table(history())[kind].drop_null().to_pylist()
    assert len(set(values)) == len(values) > 100
    assert [normal_form(kind, value) for value in values[:300]] == values[:300]


def test_mail_leads_nowhere():
    emails = identity_table(history())["email"].drop_null().to_pylist()
    assert all(re.fullmatch(r"[a-z.]+\d+@[a-z]+\.test", email) for email in emails)


def test_telephones_ring_nowhere():
    numbers = phone_numbers(np.arange(60_000) % 3 == 0).to_pylist()
    assert len(set(numbers)) == len(numbers)
    assert all(RINGS_NOWHERE.fullmatch(number) for number in numbers)


def test_when_the_stock_of_numbers_is_used_up_people_have_none():
    numbers = phone_numbers(np.zeros(700_000, dtype=bool))
    assert 600_000 < len(numbers) - numbers.null_count < 700_000


def test_names_are_written_in_the_language_their_bearers_read():
    table = identity_table(history(size=5_000))
    chinese = np.asarray(pc.equal(table["language"], "zh-hans"))
    assert abs(chinese.mean() - SHOPS["teahouse"].chinese) < 0.02
    for name, reads in zip(table["name"].to_pylist(), chinese, strict=True):
        assert bool(re.fullmatch(r"[一-鿿]{2,3}", name)) == bool(reads), name


def test_everybody_joined_at_a_branch_that_was_open():
    found = history(size=20_000)
    opened = np.array([place.opened for place in found.shop.places])
    age = (found.people.joined_at - found.hours.start) / DAY
    assert (opened[found.people.branch] <= age).all()
    assert len(np.unique(found.people.branch)) == len(found.shop.places)


def test_households_have_members_of_every_kind_and_stages_that_fit():
    table = household_table(history()).to_pylist()
    assert {row["kind"] for row in table} == {"adult", "child", "pet"}
    for row in table:
        assert (row["species"] is None) == (row["kind"] != "pet")
        if row["stage"] == "baby" and row["born_on"]:
            assert 0 <= (UNTIL - row["born_on"]).days <= 366


def test_fields_hold_what_staff_allowed():
    found = history()
    columns = field_columns(found)
    assert set(columns) == {"how_they_brew", "avoids_caffeine", "cups_a_day"}
    rows = [json.loads(text) for text in fields_as_json(found).to_pylist()]
    for key, values in columns.items():
        assert [row.get(key) for row in rows] == values.to_pylist()


def test_a_shop_without_fields_and_interests_has_none():
    found = simulate(plain(), size=50, seed=1, years=1, until=UNTIL)
    assert set(fields_as_json(found).to_pylist()) == {"{}"}
    assert identity_table(found)["interests"].null_count == 50
