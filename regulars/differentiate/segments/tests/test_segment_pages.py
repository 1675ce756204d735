"""Segments as staff see them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from regulars.differentiate.metrics.public import refresh
from regulars.differentiate.segments.public import Segment, make_segment, refresh_segments
from regulars.lake.public import catch_up
from tests.people import NOW, make_order

BOUGHT = {"version": 1, "match": {"condition": "orders", "about": "orders", "is": "at_least",
          "value": 1}}  # fmt: skip


@pytest.fixture
def buyers(lake, teahouse, alice, bob, dan, monkeypatch):
    """Alice of Soho and Bob of Camden bought."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=5))
    for customer in (alice, bob):
        make_order(brand=teahouse, customer=customer)
    catch_up()
    refresh(brand=teahouse, now=NOW)
    segment = make_segment(brand=teahouse, name="Buyers", tree=BOUGHT, by=dan, now=NOW)
    refresh_segments(brand=teahouse, now=NOW)
    return segment


def seen(visitor, name, *held):
    answer = visitor.get(reverse(name, args=["teahouse", *held]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_segments_are_listed_with_their_size_and_sentence(buyers, sign_in, mia, ben):
    page = seen(sign_in(mia), "segments:segments")
    assert "Buyers" in page
    assert "Bought" in page
    assert '<td class="num">2</td>' in page
    assert '<td class="num">1</td>' in seen(sign_in(ben), "segments:segments")


def test_before_people_are_found_nobody_is_said_to_be_in(buyers, sign_in, mia, teahouse, dan):
    fresh = make_segment(brand=teahouse, name="Fresh", tree=BOUGHT, by=dan, now=NOW)
    page = seen(sign_in(mia), "segments:segment", fresh.pk)
    assert "Its people are being found" in page
    assert "Some of them" not in page
    assert "Some of them" in seen(sign_in(mia), "segments:segment", buyers.pk)


def test_facts_that_came_later_are_told_after_a_minute(
    buyers, sign_in, mia, chloe, teahouse, monkeypatch
):
    def told():
        page = seen(sign_in(mia), "segments:segment", buyers.pk)
        listed = seen(sign_in(mia), "segments:segments")
        return "Facts have changed since." in page, "facts have changed since" in listed

    later = NOW + timedelta(minutes=7)
    assert told() == (False, False)
    make_order(brand=teahouse, customer=chloe)
    assert told() == (False, False)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert told() == (True, True)
    catch_up()
    refresh_segments(brand=teahouse, now=later)
    assert told() == (False, False)


def test_a_manager_sees_people_of_their_branch_only(buyers, sign_in, mia, ben, bob):
    assert bob.public_id in seen(sign_in(mia), "segments:segment", buyers.pk)
    assert bob.public_id not in seen(sign_in(ben), "segments:segment", buyers.pk)


def test_a_customers_page_names_their_segments_and_says_why(buyers, sign_in, mia, alice):
    assert "Buyers" in seen(sign_in(mia), "segments:customer_segments", alice.public_id)
    why = seen(sign_in(mia), "segments:reason", buyers.pk, alice.public_id)
    assert "Alice Moreau is in “Buyers”" in why
    assert 'data-holds="yes"' in why


def test_the_list_of_customers_shows_a_segment(buyers, sign_in, mia, alice, chloe):
    catch_up()
    listed = sign_in(mia).get(reverse("staff:customers", args=["teahouse"]), {"segment": buyers.pk})
    page = listed.content.decode()
    assert "Alice Moreau" in page
    assert "Chloé" not in page
    nobody = sign_in(mia).get(reverse("staff:customers", args=["teahouse"]), {"segment": "9999"})
    assert "Alice Moreau" not in nobody.content.decode()


def test_segments_are_frozen_copied_archived_and_restored(buyers, sign_in, mia, sam):
    visitor = sign_in(mia)
    for name in ("freeze", "copy", "archive", "restoration"):
        url = reverse(f"segments:{name}", args=["teahouse", buyers.pk])
        assert sign_in(sam).post(url).status_code == 403
        assert visitor.post(url).status_code == 302
    assert sorted(Segment.objects.in_use().values_list("name", flat=True)) == [
        "Buyers", "Buyers 2", "Buyers 3",
    ]  # fmt: skip
    assert Segment.objects.exclude(frozen_at=None).get().name == "Buyers 2"


def test_lists_ask_the_database_a_fixed_number_of_times(
    buyers, sign_in, mia, django_assert_max_num_queries
):
    for number in range(5):
        make_segment(brand=buyers.brand, name=f"Again {number}", tree=BOUGHT, by=None, now=NOW)
    visitor = sign_in(mia)
    with django_assert_max_num_queries(20):
        seen(visitor, "segments:segments")
