"""Thresholds: set, tried before they are set, put back; and the figures that follow."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from regulars.differentiate.metrics.computation import compute
from regulars.differentiate.metrics.limits import DEFAULTS, Limits, limits_of
from regulars.differentiate.metrics.looking import look_from
from regulars.differentiate.metrics.models import Standpoint, Thresholds
from regulars.differentiate.metrics.summary import summary_from
from regulars.differentiate.metrics.thresholds import change_thresholds
from regulars.differentiate.metrics.trial import trial, trial_now
from regulars.lake.public import catch_up
from regulars.organization.public import AuditAction, AuditEntry, Brand, User
from tests.cast import SignIn
from tests.people import NOW, make_customer, make_order

TODAY = NOW.date()
FIELDS = {
    "percentile": "80", "active_days": "", "silent_multiple": "2", "dormant_multiple": "4",
    "second_from": "2", "regular_from": "3", "fan_from": "6", "due_within_days": "7",
    "leaving_within_days": "7",
}  # fmt: skip

OTHERS = (
    DEFAULTS,
    Limits(active_days=30, due_within_days=30),
    Limits(percentile=50, second_from=3, regular_from=4),
)


def at(page: str, **held: Any) -> str:
    return reverse(f"metrics:{page}", kwargs={"brand": "teahouse", **held})


@pytest.fixture
def as_dan(sign_in: SignIn, dan: User) -> Client:
    return sign_in(dan)


@pytest.fixture
def shop(lake: object, teahouse: Brand) -> Brand:
    """Four people: three came back after 10, 20 and 40 days, one came once, 30 days ago."""
    for back in ((50, 40), (25, 5), (45, 5), (30,)):
        person = make_customer(brand=teahouse, name="Somebody")
        for days in back:
            make_order(brand=teahouse, customer=person, at=NOW - timedelta(days=days))
    look_from(brand=teahouse, day=TODAY, by=None, now=NOW)
    catch_up()
    compute(brand=teahouse, as_of=TODAY)
    return teahouse


def test_lines_that_cross_are_refused_at_their_fields(as_dan: Client, teahouse: Brand) -> None:
    crossed = {"silent_multiple": "5", "regular_from": "2", "active_days": "0", "percentile": "a"}
    answer = as_dan.post(at("thresholds"), FIELDS | crossed)
    assert answer.status_code == 422
    wrong = answer.context["form"].errors
    assert set(wrong) == {"dormant_multiple", "regular_from", "active_days", "percentile"}
    assert answer.context["form"]["silent_multiple"].value() == "5"
    with pytest.raises(ValidationError):
        change_thresholds(brand=teahouse, limits=Limits(fan_from=3), by=None, now=NOW)
    assert limits_of(teahouse) == DEFAULTS
    assert not AuditEntry.objects.filter(subject_kind="thresholds").exists()


def test_thresholds_are_changed_undone_and_put_back(as_dan: Client, teahouse: Brand) -> None:
    answer = as_dan.post(at("thresholds"), FIELDS | {"active_days": "45"}, follow=True)
    assert limits_of(teahouse) == Limits(active_days=45)
    undo = next(iter(answer.context["messages"])).extra_tags.removeprefix("undo:")
    as_dan.post(at("thresholds"), FIELDS | {"active_days": "46", "silent_multiple": "1.1"})
    assert "stays" in as_dan.post(undo, follow=True).content.decode()
    assert limits_of(teahouse) == Limits(active_days=46, silent_multiple=1.1)
    as_dan.post(at("own_definition"))
    assert not Thresholds.objects.exists()
    last = AuditEntry.objects.get(subject_kind="thresholds", detail__after__active_days=None)
    as_dan.post(at("thresholds_undoing", entry=last.pk))
    assert limits_of(teahouse) == Limits(active_days=46, silent_multiple=1.1)
    told = AuditEntry.objects.filter(subject_kind="thresholds", action=AuditAction.CHANGE)
    assert (told.count(), {entry.brand for entry in told}) == (4, {teahouse})
    page = as_dan.get(reverse("organization:audit", args=["teahouse"])).content.decode()
    assert "active for days: 45 → 46" in page


def test_saving_what_is_so_changes_nothing(as_dan: Client, teahouse: Brand) -> None:
    answer = as_dan.post(at("thresholds"), FIELDS, follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert not AuditEntry.objects.filter(subject_kind="thresholds").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("limits", OTHERS)
def test_a_trial_says_what_the_figures_will_say(shop: Brand, limits: Limits) -> None:
    tried = trial(brand=shop, summary=summary_from(_computed(shop)), limits=limits)
    change_thresholds(brand=shop, limits=limits, by=None, now=NOW)
    assert trial_now(summary_from(_computed(shop))) == tried
    assert sum(tried.cells.values()) == 4


def _computed(brand: Brand) -> dict[str, Any]:
    return compute(brand=brand, as_of=TODAY).summary


@pytest.mark.django_db(transaction=True)
def test_the_page_shows_the_board_before_it_is_changed(shop: Brand, as_dan: Client) -> None:
    whole = said(as_dan.get(at("thresholds")))
    assert "66.7 % of returns happen within 32 days" in whole
    asked = FIELDS | {"active_days": "20"}
    part = said(as_dan.get(at("thresholds"), asked, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "The board with A = 20 days instead of 32" in part
    assert '"xAxis": 20.0, "name": "A"' in part
    wrong = as_dan.get(at("thresholds"), asked | {"fan_from": "1"}, headers={"HX-Request": "true"})
    assert "More visits than a regular takes" in said(wrong)
    assert limits_of(shop) == DEFAULTS


@pytest.mark.django_db(transaction=True)
def test_pages_say_that_new_figures_are_on_their_way(shop: Brand, as_dan: Client) -> None:
    waiting = "are on their way"
    assert waiting not in said(as_dan.get(at("board")))
    change_thresholds(brand=shop, limits=Limits(active_days=20), by=None, now=NOW)
    for page in ("board", "rhythm", "thresholds", "recount"):
        assert waiting in said(as_dan.get(at(page))), page
    compute(brand=shop, as_of=TODAY)
    assert waiting not in said(as_dan.get(at("board")))
    assert as_dan.get(at("recount"))["HX-Refresh"] == "true"
    assert "≤ 20 days" in said(as_dan.get(at("board")))


def said(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_day_that_is_none_or_before_the_first_order_is_refused(
    shop: Brand, as_dan: Client
) -> None:
    assert as_dan.post(at("standpoint"), {"day": "xx"}).status_code == 400
    answer = as_dan.post(at("standpoint"), {"day": "1900-01-01"}, follow=True)
    first = NOW - timedelta(days=50)
    assert f"the first order is of {first.day} " in answer.content.decode()
    assert Standpoint.objects.get(brand=shop).as_of_on == TODAY
    as_dan.post(at("standpoint"), {"day": str(first.date())})
    assert Standpoint.objects.get(brand=shop).as_of_on == first.date()
