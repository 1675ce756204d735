"""The brand of ``regulars import``: there when something came into it, and only then."""

from pathlib import Path

import pytest

from regulars.cli.console import Misused, Refused
from regulars.cli.tests.test_imports import data, file, run, said
from regulars.identify.commerce.public import Order
from regulars.identify.intake.public import Import
from regulars.organization.public import AuditAction, AuditEntry, Brand

__all__ = ["data"]
pytestmark = pytest.mark.django_db
GOOD = "order,date,sku,price,email\n1,2026-03-01,A,5,alice@example.net\n"
REFUSED = "order,date,sku,price,email\n1,2026-03-01,A,x,alice@example.net\n"
DOLLARS = "order,date,price,currency\n1,2026-03-01,5,USD\n2,2026-03-01,5,USD\n"
UNCLEAR = "order,date,price\n1,03/04/2026,5\n"


def nothing_is_left(data: Path) -> bool:
    kept = [path.name for path in (data / "imports").rglob("*") if path.is_file()]
    return (
        not Brand.objects.exists() and not Import.objects.exists() and kept in ([], ["rejects.csv"])
    )


def test_a_dry_run_leaves_no_brand(data: Path) -> None:
    told = said("orders", file(data, "o.csv", GOOD), "--brand", "new", "--dry-run")

    assert told["new_orders"] == told["new_customers"] == 1
    assert nothing_is_left(data)
    assert AuditEntry.objects.latest("pk").action == AuditAction.REMOVE


@pytest.mark.parametrize("content", [b"", REFUSED, UNCLEAR, "a,b\n1,2\n", DOLLARS])
def test_a_first_import_of_which_nothing_is_taken_leaves_no_brand(
    data: Path, content: str | bytes
) -> None:
    result = run("orders", file(data, "o.csv", content), "--brand", "new", "--currency", "GBP")

    assert isinstance(result.exception, Refused)
    assert result.exception.exit_code == 1
    assert nothing_is_left(data)


def test_the_refused_rows_of_a_brand_that_was_not_opened_can_be_read(data: Path) -> None:
    path = file(data, "o.csv", REFUSED)
    result = run("orders", path, "--brand", "new", "--map", "price=price", "--json")

    [rejects] = (data / "imports").rglob("rejects.csv")
    assert str(rejects) in result.stdout
    assert "price: x" in rejects.read_text()


def test_a_first_import_in_the_wrong_money_is_simply_said_again(data: Path) -> None:
    path = file(data, "o.csv", DOLLARS)
    run("orders", path, "--brand", "new", "--currency", "GBP")

    assert said("orders", path, "--brand", "new", "--currency", "USD")["orders"] == 2
    assert Brand.objects.get().currency == "USD"


def test_a_new_brand_counts_in_what_the_rows_say(data: Path) -> None:
    said("orders", file(data, "o.csv", DOLLARS), "--brand", "new")

    assert Brand.objects.get().currency == "USD"
    assert Order.objects.count() == 2


def test_a_brand_without_facts_may_still_change_its_money(data: Path, teahouse: Brand) -> None:
    said("orders", file(data, "o.csv", DOLLARS), "--brand", "teahouse", "--currency", "USD")

    assert Brand.objects.get().currency == "USD"


def test_a_brand_with_facts_keeps_its_money_and_says_what_to_do(
    data: Path, teahouse: Brand
) -> None:
    path = file(data, "o.csv", GOOD)
    said("orders", path, "--brand", "teahouse")

    result = run("orders", path, "--brand", "teahouse", "--currency", "USD")

    assert isinstance(result.exception, Refused)
    assert "counts in GBP" in str(result.exception)
    assert "--brand teahouse-usd" in str(result.exception)
    assert Brand.objects.get().currency == "GBP"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--timezone", "london"), "Europe/London"),
        (("--preset", "shopfy"), "shopify"),
        (("--map", "sku"), "field=Column"),
        (("--map", "article=sku"), "There are: number"),
        (("--map", "sku=Article"), "It has: order, date"),
        (("--currency", "euro"), "three letters"),
        (("--dates", "backwards"), "day-first or month-first"),
        (("--header", "perhaps"), "number of a row"),
        (("--encoding", "klingon"), "utf-8"),
        (("--brand", "no spaces"), "as in no-spaces"),
    ],
)
def test_what_cannot_be_meant_is_refused_as_misuse_with_what_can(
    data: Path, words: tuple[str, ...], sentence: str
) -> None:
    result = run("orders", file(data, "o.csv", GOOD), "--brand", "new", *words)

    assert isinstance(result.exception, Misused)
    assert sentence in str(result.exception)
    assert nothing_is_left(data)


def test_a_file_that_is_not_there_is_misuse(data: Path) -> None:
    result = run("orders", str(data / "none.csv"), "--brand", "new")

    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_two_first_imports_at_once_share_the_brand_of_the_faster(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said("orders", file(data, "o.csv", GOOD), "--brand", "new", "--currency", "GBP")
    answers = iter([None, Brand.objects.get()])
    monkeypatch.setattr("regulars.cli.import_brand.brand_called", lambda _: next(answers))

    said("orders", file(data, "p.csv", GOOD.replace("1,2026", "2,2026")), "--brand", "new")

    assert Order.objects.filter(brand=Brand.objects.get()).count() == 2


def test_a_new_brand_is_spoken_of_only_when_it_stays(data: Path) -> None:
    path = file(data, "o.csv", GOOD)

    assert "is new" not in run("orders", path, "--brand", "new", "--dry-run").stderr
    assert "Brand new is new" in run("orders", path, "--brand", "new").stderr
