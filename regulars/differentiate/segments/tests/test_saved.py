"""Saved segments: their versions, their people, and who came and went."""

from datetime import timedelta

import pytest

from regulars.differentiate.metrics.public import look_from, refresh
from regulars.differentiate.segments import evaluation
from regulars.differentiate.segments.models import Membership, Segment, SegmentVersion, Trouble
from regulars.differentiate.segments.public import (
    Frozen,
    InUse,
    NameTaken,
    NotATree,
    archive_segment,
    change_segment,
    copy_segment,
    find_people,
    freeze_segment,
    make_segment,
    members,
    overlap,
    refresh_segments,
    restore_segment,
    size_history,
    used_by,
    uses_of,
)
from regulars.identify.customers.public import define_field, retire_field
from regulars.identify.timeline.public import Event
from regulars.lake.public import catch_up
from tests.people import NOW, make_order

BOUGHT = {"version": 1, "match": {"condition": "orders", "about": "orders", "is": "at_least",
          "value": 1, "window": {"last": 30, "unit": "days"}}}  # fmt: skip
LATER = NOW + timedelta(hours=1)


def in_segment(segment, answer="yes"):
    return {"version": 1, "match": {"condition": "segment", "about": str(segment.pk), "is": answer}}


@pytest.fixture
def shop(lake, teahouse, alice, bob, dan, bakery, eve):
    make_order(brand=teahouse, customer=alice, at=NOW)
    make_order(brand=bakery, customer=eve, at=NOW)
    catch_up()
    return teahouse


@pytest.fixture
def buyers(shop, dan):
    return make_segment(brand=shop, name="Buyers", tree=BOUGHT, by=dan, now=NOW)


def test_who_came_and_who_went_is_announced(shop, buyers, alice, bob):
    assert refresh_segments(brand=shop, now=NOW) == 1
    assert set(Membership.objects.get().people) == {alice.pk}
    assert not Event.objects.filter(kind__startswith="Segment")
    make_order(brand=shop, customer=bob, at=NOW)
    catch_up()
    refresh_segments(brand=shop, now=LATER)
    refresh_segments(brand=shop, now=NOW + timedelta(days=31))
    told = Event.objects.filter(kind__startswith="Segment").order_by("sequence")
    assert [(event.kind, event.customer_id) for event in told] == [
        ("Segment Entered", bob.pk),
        ("Segment Left", alice.pk),
        ("Segment Left", bob.pk),
    ]
    assert told[0].properties == {"segment": "Buyers", "segment_id": buyers.pk}
    assert [(one.size, one.entered, one.left) for one in size_history(buyers)] == [
        (1, 1, 0),
        (2, 1, 0),
        (0, 0, 2),
    ]


def test_two_who_find_people_at_once_announce_them_once(shop, buyers, bob, monkeypatch):
    refresh_segments(brand=shop, now=NOW)
    make_order(brand=shop, customer=bob, at=NOW)
    catch_up()
    others = iter([lambda: refresh_segments(brand=shop, now=LATER)])
    write = evaluation.write_people

    def written_by_both(segment, people):
        for other in others:
            other()
        write(segment, people)

    monkeypatch.setattr(evaluation, "write_people", written_by_both)
    refresh_segments(brand=shop, now=LATER)
    assert Event.objects.filter(kind="Segment Entered").count() == 1


def test_who_looks_from_another_day_announces_nobody(shop, buyers, alice, bob, dan):
    back = LATER + timedelta(hours=1)
    refresh_segments(brand=shop, now=NOW)
    look_from(brand=shop, day=NOW.date() - timedelta(days=200), by=dan, now=LATER)
    refresh_segments(brand=shop, now=LATER)
    assert not Membership.objects.get().people
    make_order(brand=shop, customer=bob, at=NOW)
    catch_up()
    look_from(brand=shop, day=None, by=dan, now=back)
    refresh_segments(brand=shop, now=back)
    assert set(Membership.objects.get().people) == {alice.pk, bob.pk}
    told = Event.objects.filter(kind__startswith="Segment")
    assert [(event.kind, event.customer_id) for event in told] == [("Segment Entered", bob.pk)]
    assert [one.size for one in size_history(buyers)] == [1, 2]


def test_people_are_found_anew_only_when_facts_or_time_changed(shop, buyers, bakery, alice):
    assert refresh_segments(brand=shop, now=NOW) == 1
    assert refresh_segments(brand=shop, now=LATER) == 0
    make_order(brand=shop, customer=alice, at=NOW)
    catch_up()
    assert refresh_segments(brand=shop, now=LATER + timedelta(minutes=1)) == 1
    assert refresh_segments(brand=shop, now=LATER + timedelta(days=1)) == 1


def test_people_who_stay_the_same_are_said_to_be_current(shop, buyers, bakery):
    before = find_people(segment=buyers, now=NOW)
    Membership.objects.update(facts_at=before.facts_at - timedelta(hours=1))
    make_order(brand=bakery, at=NOW)
    catch_up()
    known = find_people(segment=buyers, now=NOW)
    assert known.facts_at >= before.facts_at
    assert known.size == before.size


def test_a_new_version_is_found_without_announcing_anybody(shop, buyers, dan, alice):
    find_people(segment=buyers, now=NOW)
    everybody = {"version": 1, "match": {"none": [BOUGHT["match"]]}}
    change_segment(segment=buyers, tree=everybody, by=dan, now=NOW)
    assert change_segment(segment=buyers, tree=everybody, by=dan, now=NOW).number == 2
    assert alice.pk not in find_people(segment=buyers, now=LATER).people
    assert not Event.objects.filter(kind__startswith="Segment")


def test_a_segment_of_a_segment_follows_it(shop, buyers, dan, alice, bob):
    others = make_segment(brand=shop, name="Others", tree=in_segment(buyers, "no"), by=dan, now=NOW)
    assert set(find_people(segment=others, now=NOW).people) == {bob.pk}
    never = {"version": 1, "match": {"condition": "profile", "about": "age", "is": "known"}}
    change_segment(segment=buyers, tree=never, by=dan, now=NOW)
    assert set(find_people(segment=others, now=LATER).people) == {alice.pk, bob.pk}
    assert used_by(buyers) == [others]
    assert [use.name for use in uses_of(buyers)] == [others.name]
    with pytest.raises(InUse):
        archive_segment(segment=buyers, by=dan, now=NOW)
    assert Segment.objects.in_use().count() == 2


def test_no_segment_contains_itself(shop, buyers, dan):
    inner = make_segment(brand=shop, name="Inner", tree=in_segment(buyers), by=dan, now=NOW)
    for named in (buyers, inner):
        with pytest.raises(NotATree) as refused:
            change_segment(segment=buyers, tree=in_segment(named), by=dan, now=NOW)
        assert [one.pointer for one in refused.value.problems] == ["/match/about"]
    assert SegmentVersion.objects.count() == 2


def test_a_frozen_segment_keeps_its_people(shop, buyers, dan, alice, bob):
    find_people(segment=buyers, now=NOW)
    kept = freeze_segment(segment=buyers, by=dan, now=NOW)
    make_order(brand=shop, customer=bob, at=NOW)
    catch_up()
    refresh_segments(brand=shop, now=LATER)
    assert set(kept.current.membership.people) == {alice.pk}
    assert set(members(tree=in_segment(kept), brand=shop, now=NOW)) == {alice.pk}
    assert len(buyers.current.membership.people) == 2
    with pytest.raises(Frozen):
        change_segment(segment=kept, tree=in_segment(buyers), by=dan, now=NOW)


def test_names_are_free_again_once_a_segment_is_archived(shop, buyers, dan):
    with pytest.raises(NameTaken):
        make_segment(brand=shop, name=" buyers ", tree=BOUGHT, by=dan, now=NOW)
    assert copy_segment(segment=buyers, by=dan, now=NOW).name == "Buyers 2"
    archive_segment(segment=buyers, by=dan, now=NOW)
    make_segment(brand=shop, name="Buyers", tree=BOUGHT, by=dan, now=NOW)
    with pytest.raises(NameTaken):
        restore_segment(segment=buyers, by=dan, now=NOW)


def test_a_field_that_was_deleted_is_trouble_that_is_told_and_passes(shop, dan, alice):
    field = define_field(brand=shop, label="Cup", kind="text", by=dan, now=NOW)
    tree = {"version": 1, "match": {"condition": "field", "about": "cup", "is": "unknown"}}
    segment = make_segment(brand=shop, name="Cupless", tree=tree, by=dan, now=NOW)
    assert len(find_people(segment=segment, now=NOW).people) == 2
    retire_field(field=field, by=dan, now=NOW)
    make_order(brand=shop, customer=alice, at=NOW)
    catch_up()
    assert len(find_people(segment=segment, now=NOW + timedelta(days=1)).people) == 2
    assert "Cup (retired)" in Trouble.objects.get().sentence


def test_metrics_that_are_not_there_are_trouble_and_not_nobody(shop, dan, alice):
    tree = {"version": 1, "match": {"condition": "metric", "about": "visits", "is": "at_least",
            "value": 1}}  # fmt: skip
    segment = make_segment(brand=shop, name="Came", tree=tree, by=dan, now=NOW)
    assert find_people(segment=segment, now=NOW) is None
    assert Trouble.objects.filter(segment=segment).exists()
    refresh(brand=shop, now=NOW)
    assert set(find_people(segment=segment, now=LATER).people) == {alice.pk}
    assert not Trouble.objects.exists()


def test_the_trouble_of_one_segment_is_not_that_of_the_others(shop, dan, alice, monkeypatch):
    broken = make_segment(brand=shop, name="Broken", tree=BOUGHT, by=dan, now=NOW)
    sound = make_segment(brand=shop, name="Sound", tree=BOUGHT, by=dan, now=NOW)
    find = evaluation._find

    def fails_for_one(lake, version, day, now):
        if version.segment == broken:
            raise RuntimeError("unforeseen")
        return find(lake, version, day, now)

    monkeypatch.setattr(evaluation, "_find", fails_for_one)
    refresh_segments(brand=shop, now=NOW)
    assert "unforeseen" in Trouble.objects.get(segment=broken).sentence
    assert set(find_people(segment=sound, now=NOW).people) == {alice.pk}


def test_segments_overlap_by_who_is_in_exactly_which(shop, buyers, dan, alice, bob):
    others = make_segment(brand=shop, name="Others", tree=in_segment(buyers, "no"), by=dan, now=NOW)
    again = copy_segment(segment=buyers, by=dan, now=NOW)
    refresh_segments(brand=shop, now=NOW)
    found = overlap(segments=[buyers, others, again])
    assert {frozenset(part.inside): part.people for part in found.parts} == {
        frozenset({buyers.pk, again.pk}): 1,
        frozenset({others.pk}): 1,
    }
    assert found.shared[buyers.pk, others.pk] == 0
