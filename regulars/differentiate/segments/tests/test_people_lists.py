"""Lists of people: brought in, replaced by a newer file, named, downloaded, removed, and back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from regulars.differentiate.segments.forgetting import forget_removed_lists
from regulars.differentiate.segments.public import (
    ListInUse,
    NameTaken,
    NotATree,
    PeopleList,
    archive_segment,
    find_people,
    make_people_list,
    make_segment,
    people_lists,
    read_tree,
    refresh_segments,
    remove_people_list,
    rename_people_list,
    replace_people_list,
    restore_people_list,
)
from regulars.lake.public import catch_up
from regulars.organization.public import AuditAction, AuditEntry, Permission, access_of
from tests.markup import flaws
from tests.people import NOW, make_customer

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def guests(teahouse, dan, alice):
    lines = [alice.public_id, "nobody@mail.test"]
    return make_people_list(brand=teahouse, name="Guests", lines=lines, by=dan, now=NOW)


@pytest.fixture
def invited(guests, dan):
    return make_segment(brand=guests.brand, name="Invited", tree=listed(guests), by=dan, now=NOW)


@pytest.fixture
def visitor(sign_in, mia):
    return sign_in(mia)


def listed(people_list):
    told = {"condition": "list", "about": str(people_list.pk), "is": "yes"}
    return {"version": 1, "match": {"none": [{"none": [told]}]}}


def file_of(*lines):
    return SimpleUploadedFile("guests.txt", "\n".join(lines).encode())


def done(visitor, place, people_list, **sent):
    url = reverse(f"segments:{place}", args=["teahouse", people_list.pk])
    return visitor.post(url, sent, follow=True)


def undo(answer, visitor):
    [message] = answer.context["messages"]
    return visitor.post(message.extra_tags.removeprefix("undo:"), follow=True)


def test_a_newer_file_changes_who_is_in_segments_and_this_can_be_undone(
    lake, guests, invited, dan, alice, bob
):
    catch_up()
    assert set(find_people(segment=invited, now=NOW).people) == {alice.pk}
    former = replace_people_list(people_list=guests, lines=[bob.public_id], by=dan, now=LATER)
    assert (guests.size, guests.unknown, guests.made_at) == (1, 0, LATER)
    refresh_segments(brand=guests.brand, now=LATER)
    assert set(invited.current.membership.people) == {bob.pk}
    restore_people_list(people_list=former, by=dan, now=LATER)
    refresh_segments(brand=guests.brand, now=LATER + timedelta(hours=1))
    assert set(invited.current.membership.people) == {alice.pk}
    guests.refresh_from_db()
    assert (guests.size, guests.unknown, guests.made_at, guests.made_by) == (1, 1, NOW, dan)
    assert PeopleList.objects.get() == guests


def test_a_list_that_a_segment_names_is_not_removed(guests, invited, dan):
    with pytest.raises(ListInUse) as refused:
        remove_people_list(people_list=guests, by=dan, now=LATER)
    assert refused.value.segments == (invited,)
    assert [row.segments for row in people_lists(brand=guests.brand)] == [(invited,)]
    archive_segment(segment=invited, by=dan, now=LATER)
    remove_people_list(people_list=guests, by=dan, now=LATER)
    assert not people_lists(brand=guests.brand)
    with pytest.raises(NotATree) as refused:
        read_tree(listed(guests), brand=guests.brand)
    assert refused.value.problems[0].path[-1] == "about"


def test_a_removed_list_comes_back_unless_its_name_was_given_away(guests, dan):
    remove_people_list(people_list=guests, by=dan, now=LATER)
    other = make_people_list(brand=guests.brand, name="guests", lines=[], by=dan, now=LATER)
    with pytest.raises(NameTaken):
        restore_people_list(people_list=guests, by=dan, now=LATER)
    rename_people_list(people_list=other, name="Others", by=dan, now=LATER)
    assert restore_people_list(people_list=guests, by=dan, now=LATER).removed_at is None


def test_what_was_removed_or_replaced_is_forgotten_after_a_month(guests, dan):
    replace_people_list(people_list=guests, lines=[], by=dan, now=LATER)
    forget_removed_lists(now=LATER + timedelta(days=29))
    assert PeopleList.objects.count() == 2
    forget_removed_lists(now=LATER + timedelta(days=31))
    assert PeopleList.objects.get() == guests


def test_the_page_of_lists_says_what_they_are_and_who_uses_them(invited, sign_in, mia, ben):
    for person, editable in ((mia, True), (ben, False)):
        page = sign_in(person).get(reverse("segments:people_lists", args=["teahouse"]))
        told = page.content.decode()
        assert "Guests" in told
        assert "Invited" in told
        assert (reverse("segments:new_list", args=["teahouse"]) in told) == editable
        assert not flaws(told)


def test_a_list_is_named_replaced_and_removed_on_its_page(guests, visitor, bob, teahouse):
    answer = done(visitor, "list_contents", guests, file=file_of("E-mail", "bob@mail.test"))
    guests.refresh_from_db()
    assert set(guests.people) == {bob.pk}
    assert not flaws(answer.content.decode())
    undo(answer, visitor)
    guests.refresh_from_db()
    assert (guests.size, guests.unknown) == (1, 1)
    done(visitor, "list_name", guests, name="  来宾 &  friends ")
    guests.refresh_from_db()
    assert guests.name == "来宾 & friends"
    answer = done(visitor, "list_removal", guests)
    assert not people_lists(brand=teahouse)
    undo(answer, visitor)
    assert people_lists(brand=teahouse)


def test_what_is_refused_is_told_on_the_page_and_changes_nothing(guests, invited, visitor, dan):
    make_people_list(brand=guests.brand, name="Others", lines=[], by=dan, now=NOW)
    before = PeopleList.objects.get(pk=guests.pk).__dict__
    for place, sent in (
        ("list_name", {"name": "others"}), ("list_name", {"name": " "}),
        ("list_contents", {}), ("list_contents", {"file": file_of("\0")}),
    ):  # fmt: skip
        answer = done(visitor, place, guests, **sent)
        assert answer.status_code == 422
        assert "errorlist" in answer.content.decode()
    answer = done(visitor, "list_removal", guests)
    assert "still used by Invited" in answer.content.decode()
    after = PeopleList.objects.get(pk=guests.pk).__dict__
    assert {**before, "_state": 0} == {**after, "_state": 0}
    assert PeopleList.objects.count() == 2


def test_the_people_of_a_list_are_downloaded_by_who_may_and_this_is_written_down(
    guests, sign_in, mia, ana, ben, alice
):
    url = reverse("segments:list_people", args=["teahouse", guests.pk])
    told = b"".join(sign_in(mia).get(url).streaming_content).decode("utf-8-sig")
    assert f"{alice.public_id},Alice Moreau," in told
    assert len(told.splitlines()) == 2
    masked = b"".join(sign_in(ana).get(url).streaming_content).decode("utf-8-sig")
    assert alice.public_id in masked
    assert "Moreau" not in masked
    assert sign_in(ben).get(url).status_code == 403
    written = AuditEntry.objects.filter(action=AuditAction.EXPORT)
    assert [one.detail for one in written] == [{"list": guests.pk, "people": 1}] * 2


def test_the_page_of_lists_asks_the_database_a_fixed_number_of_times(
    guests, invited, visitor, django_assert_max_num_queries, dan
):
    for number in range(5):
        name = f"List {number}"
        made = make_people_list(brand=guests.brand, name=name, lines=[], by=dan, now=NOW)
        make_segment(brand=guests.brand, name=name, tree=listed(made), by=dan, now=NOW)
    with django_assert_max_num_queries(20):
        visitor.get(reverse("segments:people_lists", args=["teahouse"]))


@pytest.mark.parametrize(
    "lines", [["bob@mail.test"], ["E-mail", "bob@mail.test"], ["who", "+44 7700 900123"],
              ["name,mail", "Bob,bob@mail.test"]],
)  # fmt: skip
def test_who_sees_no_personal_data_finds_nobody_by_it(sign_in, ana, mia, guests, bob, lines):
    new = reverse("segments:new_list", args=["teahouse"])
    visitor = sign_in(ana)
    answers = [
        visitor.post(new, {"name": "Found", "file": file_of(*lines)}),
        done(visitor, "list_contents", guests, file=file_of(*lines)),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert "Your role sees no personal data" in answer.content.decode()
    assert PeopleList.objects.get().made_at == NOW
    assert sign_in(mia).post(new, {"name": "Found", "file": file_of(*lines)}).status_code == 302


def test_who_sees_no_personal_data_brings_in_numbers(sign_in, ana, teahouse, bob):
    named = make_customer(brand=teahouse, name="Mo", member_number="M-77", email="mo@mail.test")
    lines = ["number,mail", f"{bob.public_id},bob@mail.test", "M-77,mo@mail.test"]
    new = reverse("segments:new_list", args=["teahouse"])
    assert "e-mail addresses" not in sign_in(ana).get(new).content.decode()
    sent = {"name": "Found", "file": file_of(*lines)}
    assert sign_in(ana).post(new, sent).status_code == 302
    assert set(PeopleList.objects.get().people) == {bob.pk, named.pk}


def test_a_line_that_is_an_address_finds_nobody_for_who_sees_none(teahouse, ana, bob):
    access = access_of(ana, brand_slug="teahouse", asked=Permission.EDIT_SEGMENTS)
    lines = [bob.public_id, "bob@mail.test"]
    made = make_people_list(brand=teahouse, name="X", lines=lines, by=access, now=NOW)
    assert (made.size, made.unknown) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "gb18030"])
def test_a_list_is_read_however_it_is_written(sign_in, mia, guests, bob, dawei, encoding):
    said = f"名字,顾客\n大卫,{dawei.public_id}\n鲍勃,{bob.public_id}\n"
    file = SimpleUploadedFile("guests.csv", said.encode(encoding))
    done(sign_in(mia), "list_contents", guests, file=file)
    assert set(PeopleList.objects.get(pk=guests.pk).people) == {bob.pk, dawei.pk}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.xlsx", b"this is not a workbook"),
        ("x.csv", b"PK\x03\x04 garbage"),
        ("x.csv", bytes(range(256)) * 40),
    ],
)
def test_what_is_no_text_makes_no_list(sign_in, mia, guests, alice, name, content):
    visitor = sign_in(mia)
    answer = done(visitor, "list_contents", guests, file=SimpleUploadedFile(name, content))
    assert "This is no text file" in answer.content.decode()
    assert set(PeopleList.objects.get(pk=guests.pk).people) == {alice.pk}
    told = {"name": "Another", "file": SimpleUploadedFile(name, content)}
    answer = visitor.post(reverse("segments:new_list", args=["teahouse"]), told)
    assert answer.status_code == 422
    assert PeopleList.objects.count() == 1
