"""Questions kept under a name: shared, private, copied, deleted and brought back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from regulars.differentiate.explore.models import SavedQuestion
from regulars.differentiate.explore.question import question_from
from regulars.differentiate.explore.saving import forget_removed, remove_question, save_question
from regulars.differentiate.segments.public import make_segment
from tests.people import NOW

pytestmark = pytest.mark.django_db
READS = {"version": 1, "match": {"condition": "profile", "about": "language", "is": "known"}}
ASKED = "?measure=orders&by=channel&period=all&top=5&show=bars"


def at(page, brand="teahouse", **held):
    return reverse(f"explore:{page}", kwargs={"brand": brand, **held})


def keep(brand, name="Orders", *, by=None, shared=True):
    question = question_from({"measures": ["orders"], "by": ["channel"]}, brand=brand)
    return save_question(brand=brand, name=name, question=question, shared=shared, by=by, now=NOW)


def test_a_question_is_saved_as_it_was_asked(teahouse, dan, mia, sign_in):
    visitor = sign_in(dan)
    answer = visitor.post(at("questions") + ASKED, {"name": " By  channel ", "shared": "1"})
    assert answer.status_code == 302
    saved = SavedQuestion.objects.get()
    assert (saved.name, saved.private_to, saved.made_by) == ("By channel", None, dan)
    opened = sign_in(mia).get(at("question", question=saved.pk))
    assert opened["Location"] == at("explore") + ASKED
    visitor.post(at("questions") + ASKED, {"name": " "})
    assert SavedQuestion.objects.count() == 1


def test_what_is_private_nobody_else_finds(teahouse, dan, mia, sign_in):
    saved = keep(teahouse, "Mine", by=dan, shared=False)
    assert b"Mine" in sign_in(dan).get(at("questions")).content
    other = sign_in(mia)
    assert b"Mine" not in other.get(at("questions")).content
    for page in ("question", "question_copy", "question_removal"):
        assert other.post(at(page, question=saved.pk), {"name": "Hers"}).status_code == 404
    saved.refresh_from_db()
    assert (saved.name, saved.removed_at) == ("Mine", None)


def test_a_question_is_renamed_copied_and_deleted_with_undo(teahouse, dan, mia, sign_in):
    saved = keep(teahouse, by=dan)
    visitor = sign_in(mia)
    visitor.post(at("question", question=saved.pk), {"name": "Channels", "shared": "1"})
    visitor.post(at("question_copy", question=saved.pk))
    copy = SavedQuestion.objects.exclude(pk=saved.pk).get()
    assert (copy.name, copy.private_to, copy.question) == ("Channels (copy)", mia, saved.question)
    page = visitor.post(at("question_removal", question=saved.pk), follow=True)
    undo = at("question_restoration", question=saved.pk)
    assert undo in page.content.decode()
    assert list(SavedQuestion.objects.in_use()) == [copy]
    visitor.post(undo)
    assert SavedQuestion.objects.in_use().count() == 2


def test_removed_questions_are_forgotten_after_a_month(teahouse):
    saved = keep(teahouse)
    remove_question(saved, now=NOW)
    forget_removed(now=NOW + timedelta(days=29))
    assert SavedQuestion.objects.exists()
    forget_removed(now=NOW + timedelta(days=31))
    assert not SavedQuestion.objects.exists()


def test_a_question_of_a_field_that_is_gone_says_so(teahouse, dan, sign_in):
    saved = keep(teahouse)
    saved.question = {"measures": ["orders"], "by": ["field.leaf"]}
    saved.save()
    visitor = sign_in(dan)
    page = visitor.get(at("question", question=saved.pk), follow=True).content.decode()
    assert "can no longer be asked" in page


def test_a_segment_is_kept_while_a_question_needs_it(teahouse, dan, mia, sign_in):
    segment = make_segment(brand=teahouse, name="Readers", tree=READS, by=dan, now=NOW)
    saved = keep(teahouse, "Readers by channel", by=dan, shared=False)
    condition = {"dimension": f"segment.{segment.pk}", "is": ["in"]}
    saved.question = {"measures": ["orders"], "where": [condition]}
    saved.save()
    visitor, archive = sign_in(mia), reverse("segments:archive", args=["teahouse", segment.pk])
    page = visitor.post(archive, follow=True).content.decode()
    assert f"It is still used by: a question of {dan.name}." in page
    segment.refresh_from_db()
    assert segment.in_use
    saved.private_to = None
    saved.save()
    page = visitor.get(reverse("segments:segment", args=["teahouse", segment.pk])).content.decode()
    assert f'<a href="{at("question", question=saved.pk)}">Readers by channel</a>' in page
    remove_question(saved, now=NOW)
    visitor.post(archive)
    segment.refresh_from_db()
    assert not segment.in_use


def test_another_brand_finds_nothing(teahouse, bakery, rosa, sign_in):
    saved = keep(teahouse)
    visitor = sign_in(rosa)
    assert visitor.get(at("question", "bakery", question=saved.pk)).status_code == 404
    assert visitor.get(at("question", question=saved.pk)).status_code == 404
