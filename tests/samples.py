"""What to put into URLs, so that tests can visit every page there is.

A page whose URL holds something new adds a line here: a function that makes one at a brand and a
branch and returns what the URL holds, or a word when the URL holds no object.
"""

from collections.abc import Callable

from django.utils import timezone

from regulars.differentiate.explore.models import SavedQuestion
from regulars.differentiate.metrics.public import Export, FileFormat
from regulars.differentiate.segments.public import (
    PeopleList,
    Segment,
    make_people_list,
    make_segment,
)
from regulars.identify.commerce.public import GoodsRule, Product
from regulars.identify.customers.public import BlockedValue, Customer, Field, HouseholdMember
from regulars.identify.intake.public import Import, ImportKind
from regulars.identify.timeline.public import Event, PoisonedEvent
from regulars.lib.public_id import public_id
from regulars.organization.public import AuditAction, Branch, Brand, User, audit, invite
from regulars.work.public import Task
from tests.cast import make_staff
from tests.people import make_customer, make_order

Make = Callable[[Brand, Branch], object]


def _somebody(brand: Brand, branch: Branch) -> User:
    return make_staff(email=f"some.{branch.pk}@regulars.test", brand=brand, branch=branch)


def _token(brand: Brand, branch: Branch) -> str:
    return invite(_somebody(brand, branch), by=None, now=timezone.now())


def _customer(brand: Brand, branch: Branch) -> Customer:
    return make_customer(brand=brand, branch=branch, email=f"{public_id('c')}@mail.test")


def _field(brand: Brand, branch: Branch) -> int:
    label = f"Cup {Field.objects.count()}"
    return Field.objects.create(
        brand=brand, key=f"cup_{brand.pk}", label=label, kind="text", retired_at=timezone.now()
    ).pk


def _task(brand: Brand, branch: Branch) -> int:
    now = timezone.now()
    asked = {"brand_id": brand.pk, "subject_id": branch.pk, "created_at": now, "ready_at": now}
    return Task.objects.create(kind="sample", **asked).pk


def _poisoned(brand: Brand, branch: Branch) -> int:
    now = timezone.now()
    about = {"brand": brand, "kind": "Sample", "occurred_at": now, "received_at": now}
    event = Event.objects.create(sequence=branch.pk, source="test", message_id="1", **about)
    return PoisonedEvent.objects.create(
        reader="nobody", sequence=event.sequence, error="ValueError", failed_at=now
    ).pk


def _import(brand: Brand, branch: Branch) -> int:
    made = Import.objects.create(
        brand=brand,
        kind=ImportKind.ORDERS,
        file_name=f"{branch.code}.csv",
        size=0,
        created_at=timezone.now(),
    )
    return made.pk


def _export(brand: Brand, branch: Branch) -> int:
    now = timezone.now()
    made = Export.objects.create(
        brand=brand, file_format=FileFormat.CSV, named_at=[], as_of_on=now, created_at=now
    )
    return made.pk


def _question(brand: Brand, branch: Branch) -> int:
    return SavedQuestion.objects.create(
        brand=brand, name=branch.code, question={"measures": ["orders"]}, made_at=timezone.now()
    ).pk


def _segment(brand: Brand, branch: Branch) -> int:
    tree = {"version": 1, "match": {"condition": "profile", "about": "age", "is": "known"}}
    name = f"Of age {branch.pk}.{Segment.objects.count()}"
    return make_segment(brand=brand, name=name, tree=tree, by=None, now=timezone.now()).pk


def _people_list(brand: Brand, branch: Branch) -> int:
    now, name = timezone.now(), f"Guests {branch.pk}.{PeopleList.objects.count()}"
    return make_people_list(brand=brand, name=name, lines=[], by=None, now=now).pk


OBJECTS: dict[str, Make] = {
    "people_list": _people_list,
    "segment": _segment,
    "file_import": _import,
    "question": _question,
    "export": _export,
    "customer": lambda brand, branch: _customer(brand, branch).public_id,
    "identifier": lambda brand, branch: _customer(brand, branch).identifiers.get().pk,
    "member": lambda brand, branch: (
        HouseholdMember.objects.create(customer=_customer(brand, branch), kind="pet", revision=1).pk
    ),
    "field": _field,
    "blocked": lambda brand, branch: (
        BlockedValue.objects.create(brand=brand, kind="user_id", value=f"till-{branch.pk}").pk
    ),
    "order": lambda brand, branch: make_order(brand=brand, branch=branch).pk,
    "product": lambda brand, branch: (
        Product.objects.create(brand=brand, sku=public_id("sku"), revision=1).pk
    ),
    "rule": lambda brand, branch: GoodsRule.objects.create(brand=brand, pattern="postage").pk,
    "task": _task,
    "poisoned": _poisoned,
    "branch": lambda brand, branch: branch.pk,
    "person": lambda brand, branch: _somebody(brand, branch).pk,
    "role": lambda brand, branch: _somebody(brand, branch).roles.get().pk,
    "entry": lambda brand, branch: (
        audit(None, AuditAction.CHANGE, brand=brand, subject_kind="thresholds").pk
    ),
}

OF_A_BRANCH = {"customer", "identifier", "member", "order"}
"""Which of these a branch manager sees at their own branch only."""

WORDS: dict[str, Make] = {
    "removed": lambda brand, branch: "nothing",
    "pattern": lambda brand, branch: "postage",
    "token": _token,
    "fingerprint": lambda brand, branch: "a1b2c3",
    "uidb36": lambda brand, branch: "1",
    "key": lambda brand, branch: "set-password",
}
"""What is no object of a brand: whoever has the page may have it with any word."""
