"""What is refused leaves nothing behind: no customer, no product, no branch, no figure."""

import pytest

from regulars.identify.commerce.public import Order, Product, Refund
from regulars.identify.customers.public import Customer, Identifier
from regulars.identify.intake.rejects import reject_lines
from regulars.identify.intake.tests.conftest import take_in, work
from regulars.organization.public import Branch

pytestmark = pytest.mark.django_db
HEADER = "order,date,sku,quantity,price,customer id,email,branch\n"
KNOWN = "1,2026-03-01,POT,1,20,7,,\n2,2026-03-01,POT,1,20,7,,\nC2,2026-03-02,POT,-1,20,7,,\n"
TAKEN = (
    "1,2026-03-01,CUP,1,3,8,,Leeds\n1,2026-03-02,CUP,-1,3,8,,Leeds\nC2,2026-03-03,CUP,-1,5,8,,\n"
)
GOOD = "3,2026-03-01,TEA,1,4,9,,Bath\n"
NOTHING = {"new_customers": 0, "new_products": 0, "customers": 0, "products": 0, "orders": 0,
           "order_lines": 0, "refunds": 0, "refund_lines": 0}  # fmt: skip


def facts():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Customer, Identifier, Product, Order, Refund, Branch)
    ]


def counted(imported, *names):
    return {name: imported.counts.get(name, 0) for name in names}


@pytest.mark.parametrize("dry", [True, False])
def test_numbers_that_are_somebody_elses_bring_nothing_along(teahouse, dry):
    work(take_in(teahouse, HEADER + KNOWN))
    before = facts()

    imported = work(take_in(teahouse, HEADER + TAKEN), dry=dry)

    assert facts() == before
    assert counted(imported, *NOTHING) == NOTHING
    assert imported.counts["refused_reasons"] == {"number_taken": 3}
    assert "".join(reject_lines(imported)).count("CUP") == 3


@pytest.mark.parametrize("dry", [True, False])
def test_what_stands_beside_refused_rows_comes_in_alone(teahouse, dry):
    work(take_in(teahouse, HEADER + KNOWN))

    counts = work(take_in(teahouse, HEADER + TAKEN + GOOD), dry=dry).counts

    assert (counts["orders"], counts["new_orders"], counts["customers"], counts["products"]) == (
        (1, 1, 1, 1)
    )
    assert (counts["new_customers"], counts["new_products"], counts["refused"]) == (1, 1, 3)
    if not dry:
        assert set(Identifier.objects.values_list("value", flat=True)) == {"7", "9"}
        assert set(Product.objects.values_list("sku", flat=True)) == {"POT", "TEA"}
        assert set(Branch.objects.filter(brand=teahouse).values_list("code", flat=True)) >= {"Bath"}
        assert not Branch.objects.filter(code="Leeds").exists()


def test_a_number_taken_after_the_dry_run_brings_nothing_along_either(teahouse):
    checked = work(take_in(teahouse, HEADER + TAKEN), dry=True)
    assert checked.counts["orders"] == 1
    work(take_in(teahouse, HEADER + KNOWN))
    before = facts()

    ran = work(checked)

    assert facts() == before
    assert counted(ran, *NOTHING) == NOTHING
    assert ran.counts["refused"] == 3


def test_the_same_file_again_is_nobody_elses(teahouse):
    work(take_in(teahouse, HEADER + KNOWN + GOOD))

    again = work(take_in(teahouse, HEADER + KNOWN + GOOD)).counts

    assert (again["refused"], again["unchanged_orders"], again["unchanged_refunds"]) == (0, 3, 1)
    assert (again["orders"], again["customers"], again["products"]) == (3, 2, 2)


def test_nothing_is_learnt_about_people_from_rows_that_are_refused(teahouse):
    refused = (
        "5,2026-03-05,POT,1,20,9,wrong@example.net,\n5,2026-03-05,POT,x,20,9,wrong@example.net,\n"
    )

    work(take_in(teahouse, HEADER + GOOD + refused))

    assert set(Identifier.objects.values_list("value", flat=True)) == {"9"}
