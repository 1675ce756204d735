"""The list narrowed by profile and the staff's own fields, and the file of those it shows."""

import csv
import io
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regulars.differentiate.metrics.exporting import forget_exports, task_of
from regulars.differentiate.metrics.public import Export, compute
from regulars.identify.customers.public import define_field, fill_in
from regulars.lake.public import catch_up
from regulars.organization.public import AuditAction, AuditEntry, Branch, Brand, User
from regulars.work.public import run_task
from tests.cast import SignIn
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db(transaction=True)
FIELDS = (
    ("Cups", "number", []), ("Leaf", "choice", ["green", "black"]),
    ("Tasted on", "date", []), ("Vegan", "yes_no", []),
)  # fmt: skip
PEOPLE = (
    ("Alice Moreau", "Leeds", "female", ("12", "green", "2025-03-01", "yes")),
    ("Bob Larsen", "leeds", "male", ("3.5", "black", "2025-06-01", "no")),
    ("=大卫", "上海", "", ("", "green", "", "")),
)


@pytest.fixture
def shop(lake: object, teahouse: Brand, soho: Branch) -> Brand:
    made = [
        define_field(brand=teahouse, label=label, kind=kind, choices=choices, by=None, now=NOW)
        for label, kind, choices in FIELDS
    ]
    for turn, (name, city, gender, values) in enumerate(PEOPLE):
        one = make_customer(
            brand=teahouse, name=name, city=city, gender=gender, branch=soho if turn else None,
            email=f"p{turn}@mail.test",
        )  # fmt: skip
        texts = {field.key: text for field, text in zip(made, values, strict=True) if text}
        fill_in(customer=one, texts=texts, by=None, now=NOW)
        sold = [("sencha", 1, 3000 - 1000 * turn)]
        make_order(brand=teahouse, customer=one, lines=sold, at=NOW - timedelta(days=turn))
    catch_up()
    compute(brand=teahouse, as_of=NOW.date())
    return teahouse


def listed(browser: Client, brand: Brand, query: str) -> list[str]:
    answer = browser.get(reverse("staff:customers", args=[brand.slug]) + query)
    return [row.name.split()[0] for row in answer.context["rows"]]


def ask(browser: Client, brand: Brand, *, query: str = "", kind: str = "csv") -> Export:
    url = reverse("staff:customers_export", args=[brand.slug]) + query
    answer = browser.post(url, {"format": kind})
    export = Export.objects.latest("pk")
    assert answer["Location"] == page(export)
    task = task_of(export)
    assert task is not None
    run_task(task)
    return export


def page(export: Export, name: str = "export") -> str:
    return reverse(f"metrics:{name}", args=[export.brand.slug, export.pk])


def rows(answer: HttpResponse) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_is_narrowed_by_profile_and_fields(
    shop: Brand, dan: User, sign_in: SignIn
) -> None:
    browser = sign_in(dan)
    expected = {
        "?city=LEEDS": ["Alice", "Bob"],
        "?gender=female": ["Alice"],
        "?field.cups_from=3": ["Alice", "Bob"],
        "?field.cups_from=4": ["Alice"],
        "?field.cups_to=4": ["Bob"],
        "?field.leaf=green": ["Alice", "=大卫"],
        "?field.leaf=green&net_to=20": ["=大卫"],
        "?field.tasted_on_from=2025-04-01": ["Bob"],
        "?field.vegan=true": ["Alice"],
        "?cell=active/": ["Alice", "Bob", "=大卫"],
        "?cell=/fan": [],
        "?field.shoes=7": ["Alice", "Bob", "=大卫"],
        '?after=["x",1]': [],
    }
    for query, names in expected.items():
        assert listed(browser, shop, query) == names, query


def test_a_filter_is_said_and_can_be_taken_away(shop: Brand, dan: User, sign_in: SignIn) -> None:
    url = reverse("staff:customers", args=[shop.slug])
    answer = sign_in(dan).get(url + "?field.cups_from=3&field.leaf=green&cell=active/&show=net")
    said = {chip.label: (chip.said, chip.url) for chip in answer.context["chips"]}
    assert said["Cups"][0] == "≥ 3"
    assert said["Leaf"][0] == "green"
    assert said["Cell"][0] == "active"
    assert said["Leaf"][1] == "?cell=active%2F&field.cups_from=3&sort=net&show=net"


def test_who_sees_no_names_is_offered_no_personal_fields(
    shop: Brand, ana: User, sign_in: SignIn
) -> None:
    answer = sign_in(ana).get(reverse("staff:customers", args=[shop.slug]) + "?field.leaf=green")
    assert len(answer.context["rows"]) == 3
    assert "Leaf" not in {control.label for control in answer.context["controls"]}


def test_the_file_holds_whom_the_list_shows(shop: Brand, dan: User, sign_in: SignIn) -> None:
    browser = sign_in(dan)
    export = ask(browser, shop, query="?field.leaf=green&sort=-net")
    assert "customers" in browser.get(page(export)).content.decode()
    answer = browser.get(page(export, "export_file"))
    alice, dawei = rows(answer)
    assert (alice["name"], alice["email"], alice["net"]) == ("Alice Moreau", "p0@mail.test", "30.0")
    assert (alice["city"], alice["field_cups"], alice["field_vegan"]) == ("Leeds", "12", "yes")
    assert (dawei["name"], dawei["branch"], dawei["cell"]) == ("'=大卫", "Soho", "active/new")
    assert f"customers-teahouse-{NOW.date()}.csv" in answer["Content-Disposition"]
    told = AuditEntry.objects.filter(action=AuditAction.EXPORT, user=dan).order_by("pk")
    assert [entry.subject for entry in told] == [str(export.pk)] * 2
    assert told[0].detail["asked"].startswith("?field.leaf=green")


def test_who_sees_no_names_gets_none_in_the_file(
    shop: Brand, ana: User, dan: User, sign_in: SignIn
) -> None:
    analyst = sign_in(ana)
    export = ask(analyst, shop)
    alice = rows(analyst.get(page(export, "export_file")))[0]
    assert (alice["name"], alice["email"]) == ("A••• M•••", "p•••@mail.test")
    assert "field_leaf" not in alice
    assert sign_in(dan).get(page(export)).status_code == 200
    whole = ask(sign_in(dan), shop, kind="parquet")
    for name in ("export", "export_file"):
        assert analyst.get(page(whole, name)).status_code == 404


def test_who_may_not_export_starts_nothing(shop: Brand, sam: User, sign_in: SignIn) -> None:
    url = reverse("staff:customers_export", args=[shop.slug])
    assert sign_in(sam).post(url, {"format": "csv"}).status_code == 403
    assert not Export.objects.exists()
    assert (
        "Export"
        not in sign_in(sam).get(reverse("staff:customers", args=[shop.slug])).content.decode()
    )


def test_a_file_is_gone_after_a_week(shop: Brand, dan: User, sign_in: SignIn) -> None:
    browser = sign_in(dan)
    export = ask(browser, shop, kind="xlsx")
    assert export.path.exists()
    assert forget_exports(now=timezone.now() + timedelta(days=6)) == 0
    assert forget_exports(now=timezone.now() + timedelta(days=8)) == 1
    assert not export.path.exists()
    assert browser.get(page(export)).status_code == 404
