"""What Today says of the metrics."""

from regulars.differentiate.metrics.crowd import Crowd, Group, Kind
from regulars.differentiate.metrics.staff.today import _matters
from regulars.organization.public import Brand


def some(
    cell: str, *, people: int, year: int, leaving: bool = False, due: str = "later"
) -> tuple[Kind, Group]:
    kind = Kind(cell=cell, cell_before=None, once=False, due_state=due, leaving=leaving)
    return kind, Group(people=people, year_minor=year)


def test_what_is_to_decide_is_worth_money_and_leads_to_the_people(teahouse: Brand) -> None:
    crowd = Crowd(
        kinds=(
            some("active/new", people=1, year=5_000, leaving=True),
            some("active/fan", people=1200, year=90_000_00, leaving=True, due="overdue"),
            some("active/fan", people=300, year=10_000_00),
            some("churned/fan", people=7, year=0, due="overdue"),
        )
    )
    fans, new, late = _matters(crowd, teahouse, within=7)
    assert (fans.title, fans.worth) == (
        "1,200 fans leave the active window", "£90,000 a year",
    )  # fmt: skip
    assert fans.url == "/b/teahouse/customers/?leaving=1&cell=%2Ffan&sort=net"
    assert new.title == "1 new customer leaves the active window"
    assert late.title == "1,200 active customers are later than usual"
    assert late.url.endswith("?due=overdue&cell=active%2F&sort=net")


def test_where_nobody_is_about_to_leave_there_is_nothing_to_decide(teahouse: Brand) -> None:
    crowd = Crowd(kinds=(some("active/fan", people=9, year=1),))
    assert not list(_matters(crowd, teahouse, within=7))
