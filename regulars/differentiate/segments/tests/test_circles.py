"""No segment contains itself, by whatever way it comes about."""

import contextlib
import threading

import pytest
from django.db import connection
from django.urls import reverse

from regulars.differentiate.segments import keeping
from regulars.differentiate.segments.models import Reference, SegmentVersion, Trouble
from regulars.differentiate.segments.public import (
    InUse,
    NotATree,
    Segment,
    archive_segment,
    change_segment,
    copy_segment,
    count,
    find_people,
    make_segment,
    refresh_segments,
    restore_segment,
)
from regulars.lake.public import catch_up
from tests.people import NOW

PLAIN = {"version": 1, "match": {"condition": "profile", "about": "age", "is": "known"}}
ITSELF = "This segment would contain itself."


def naming(segment, how="yes"):
    told = {"condition": "segment", "about": str(segment.pk), "is": how}
    return {"version": 1, "match": {"any": [PLAIN["match"], {"none": [told]}]}}


@pytest.fixture
def made(teahouse, dan):
    def make(name, tree=PLAIN):
        return make_segment(brand=teahouse, name=name, tree=tree, by=dan, now=NOW)

    return make


@pytest.fixture
def crossed(made):
    """Two segments that name each other, as no path makes them."""
    one = made("One")
    other = made("Other", naming(one))
    version = SegmentVersion.objects.create(segment=one, number=2, tree=naming(other), made_at=NOW)
    Reference.objects.create(version=version, named=other)
    return one, other


def refused(call, *arguments, **told):
    with pytest.raises(NotATree) as error:
        call(*arguments, **told)
    return {one.pointer: one.sentence for one in error.value.problems}


@pytest.mark.django_db(transaction=True)
def test_two_that_are_made_to_name_each_other_at_once_do_not_both_succeed(made, dan, monkeypatch):
    one, other = made("One"), made("Other")
    both, told = threading.Barrier(2), []
    check = keeping.refuse_circles

    def checked_together(segment, node):
        """Let both find that nothing is wrong before either goes on, if they can."""
        check(segment, node)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(timeout=1)

    def change(segment, named):
        try:
            change_segment(segment=segment, tree=naming(named), by=dan, now=NOW)
        except NotATree as error:
            told.extend(problem.pointer for problem in error.problems)
        finally:
            connection.close()

    monkeypatch.setattr(keeping, "refuse_circles", checked_together)
    threads = [threading.Thread(target=change, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["/match/any/1/none/0/about"]
    assert Reference.objects.count() == 1
    assert SegmentVersion.objects.count() == 3


def test_what_is_named_while_it_is_archived_is_refused_both_ways(made, dan):
    one = made("One")
    other = made("Other", naming(one))
    with pytest.raises(InUse):
        archive_segment(segment=one, by=dan, now=NOW)
    archive_segment(segment=other, by=dan, now=NOW)
    said = refused(change_segment, segment=one, tree=naming(other), by=dan, now=NOW)
    assert list(said) == ["/match/any/1/none/0/about"]
    restore_segment(segment=other, by=dan, now=NOW)
    said = refused(change_segment, segment=one, tree=naming(other), by=dan, now=NOW)
    assert said == {"/match/any/1/none/0/about": ITSELF}


def test_a_circle_that_is_there_is_not_taken_into_use_again(crossed, dan, sign_in, mia, teahouse):
    one, _other = crossed
    Segment.objects.filter(pk=one.pk).update(archived_at=NOW)
    one.refresh_from_db()
    said = refused(restore_segment, segment=one, by=dan, now=NOW)
    assert said == {"/match/any/1/none/0/about": ITSELF}
    url = reverse("segments:restoration", args=[teahouse.slug, one.pk])
    assert ITSELF in sign_in(mia).post(url, follow=True).content.decode()
    assert not Segment.objects.get(pk=one.pk).in_use


def test_a_circle_that_is_there_is_told_at_the_node_that_closes_it(lake, crossed, teahouse):
    one, other = crossed
    catch_up()
    said = refused(count, tree=naming(one), brand=teahouse, now=NOW)
    assert said == {
        "/match/any/1/none/0/about":
        f"In the segment “One”: In the segment “Other”: {ITSELF}"
    }  # fmt: skip
    refresh_segments(brand=teahouse, now=NOW)
    assert find_people(segment=other, now=NOW) is None
    assert Trouble.objects.count() == 2


def test_a_copy_names_what_its_original_names_and_not_itself(lake, made, dan, teahouse):
    one = made("One")
    other = made("Other", naming(one))
    copied = copy_segment(segment=other, by=dan, now=NOW)
    assert list(copied.current.references.values_list("named", flat=True)) == [one.pk]
    change_segment(segment=copied, tree=naming(other), by=dan, now=NOW)
    said = refused(change_segment, segment=one, tree=naming(copied), by=dan, now=NOW)
    assert said == {"/match/any/1/none/0/about": ITSELF}


def test_the_builder_tells_of_a_circle_before_it_is_saved(made, sign_in, mia, teahouse):
    one = made("One")
    other = made("Other", naming(one))
    sent = {
        "node": ["n1", "n2"], "n1.match": "all", "n2.in": "n1", "n2.condition": "segment",
        "n2.about": str(other.pk), "n2.is": "yes", "segment": one.pk, "name": "One",
    }  # fmt: skip
    url = reverse("segments:consequences", args=[teahouse.slug])
    assert ITSELF in sign_in(mia).post(url, sent).content.decode()
    url = reverse("segments:draft", args=[teahouse.slug])
    answer = sign_in(mia).post(url, {**sent, "do": "save", "since": 1})
    assert answer.status_code == 422
    assert ITSELF in answer.content.decode()


def test_a_chain_of_segments_without_end_is_told(lake, made, teahouse):
    last = made("Link 0")
    for number in range(1, 40):
        last = made(f"Link {number}", naming(last))
    catch_up()
    assert "at most 20 levels" in str(refused(count, tree=naming(last), brand=teahouse, now=NOW))
    refresh_segments(brand=teahouse, now=NOW)
    assert Trouble.objects.count() == 40 - 21
