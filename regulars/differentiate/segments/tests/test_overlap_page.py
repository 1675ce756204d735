"""How segments overlap, as staff see it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from regulars.differentiate.metrics.public import refresh
from regulars.differentiate.segments.public import (
    Segment,
    archive_segment,
    freeze_segment,
    make_segment,
    members,
    refresh_segments,
)
from regulars.lake.public import catch_up
from tests.people import NOW, make_order


def _orders(**more):
    asked = {"condition": "orders", "about": "orders", "is": "at_least", "value": 1, **more}
    return {"version": 1, "match": asked}


BOUGHT = _orders()
OFTEN = _orders(value=2)
READS = {"version": 1, "match": {"condition": "profile", "about": "language", "is": "known"}}


@pytest.fixture
def three(lake, teahouse, alice, bob, dawei, dan, monkeypatch):
    """Alice bought twice, Bob once, 大卫 never; his language and Alice's are known."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=5))
    for customer, times in ((alice, 2), (bob, 1)):
        for day in range(times):
            make_order(brand=teahouse, customer=customer, at=NOW - timedelta(days=day))
    catch_up()
    refresh(brand=teahouse, now=NOW)
    made = {"Bought": BOUGHT, "Often": OFTEN, "Reads": READS}
    for name, tree in made.items():
        make_segment(brand=teahouse, name=name, tree=tree, by=dan, now=NOW)
    refresh_segments(brand=teahouse, now=NOW)
    return [Segment.objects.get(name=name) for name in made]


def asked(visitor, segments, name="segments:overlap"):
    numbers = [getattr(one, "pk", one) for one in segments]
    return visitor.get(reverse(name, args=["teahouse"]), {"segment": numbers})


def parts(answer):
    return {row["name"]: row["people"] for row in answer.context["parts"]}


def test_every_part_is_counted_once(three, sign_in, mia):
    found = asked(sign_in(mia), three)
    everybody = set().union(*(members(tree=s.current.tree, brand=s.brand, now=NOW) for s in three))
    assert sum(parts(found).values()) == len(everybody)
    two = asked(sign_in(mia), three[:2])
    assert parts(two) == {"only Bought": 1, "in all of them": 1}
    assert "1 of 2 people are in more than one of them, 50.0 %" in two.content.decode()


def test_parts_that_are_not_drawn_are_told(three, sign_in, mia, monkeypatch):
    assert "largest of" not in asked(sign_in(mia), three).content.decode()
    for place in ("regulars.ui.upset", "regulars.differentiate.segments.staff.overlap"):
        monkeypatch.setattr(f"{place}.MOST_PARTS", 1)
    page = asked(sign_in(mia), three[:2]).content.decode()
    assert "Drawn are the 1 largest of 2 parts; the table has all of them." in page


def test_a_part_leads_to_its_people_and_can_be_kept(three, sign_in, mia, sam, alice, bob):
    visitor = sign_in(mia)
    row = next(
        row for row in asked(visitor, three[:2]).context["parts"] if row["name"] == "only Bought"
    )
    listed = visitor.get(row["url"]).content.decode()
    assert "Bought, not Often" in listed
    assert bob.public_id in listed
    assert alice.public_id not in listed
    url = reverse("segments:overlap_segment", args=["teahouse"])
    told = {"inside": row["inside"], "outside": row["outside"]}
    assert sign_in(sam).post(url, told).status_code == 403
    assert Segment.objects.count() == 3
    visitor = sign_in(mia)
    assert visitor.post(url, told).status_code == 302
    kept = Segment.objects.get(name="Bought, not Often")
    assert list(members(tree=kept.current.tree, brand=kept.brand, now=NOW)) == [bob.pk]
    assert visitor.post(url, told).url.endswith(f"/{kept.pk}/")
    assert Segment.objects.count() == 4


def test_a_manager_counts_people_of_their_branch_only(three, sign_in, ben):
    found = asked(sign_in(ben), three[:2])
    assert parts(found) == {"in all of them": 1}
    assert "Only customers at home in your branches." in found.content.decode()


def test_what_is_archived_frozen_or_not_found_is_said(three, sign_in, mia, dan):
    bought, often, _reads = three
    archive_segment(segment=often, by=dan, now=NOW)
    frozen = freeze_segment(segment=bought, by=dan, now=NOW, name="Kept")
    unfound = make_segment(brand=bought.brand, name="New", tree=READS, by=dan, now=NOW)
    page = asked(sign_in(mia), [bought, often, frozen, unfound]).content.decode()
    for said in ("archived", "frozen", "The people of “New” were not found yet"):
        assert said in page
    assert "Save as segment" not in page


def test_nonsense_asks_for_a_choice(three, sign_in, mia):
    for wrong in ([], [three[0]], ["x", "-1", "9" * 30], [three[0], 4_000_000]):
        answer = asked(sign_in(mia), wrong)
        assert answer.status_code == 200
        assert "parts" not in answer.context
    assert "the first five" in asked(sign_in(mia), [*three, 7, 8, 9]).content.decode()


def test_the_table_is_taken_away_as_a_file(three, sign_in, mia, sam):
    answer = asked(sign_in(mia), three[:2], "segments:overlap_file")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Bought,Often,people,share"
    assert sorted(lines[1:]) == ["yes,no,1,50.0 %", "yes,yes,1,50.0 %"]
    assert asked(sign_in(sam), three[:2], "segments:overlap_file").status_code == 403


def test_it_asks_the_database_a_fixed_number_of_times(
    three, sign_in, mia, django_assert_max_num_queries
):
    visitor = sign_in(mia)
    with django_assert_max_num_queries(30):
        asked(visitor, three)
