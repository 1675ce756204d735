"""The phases of undoing an import, in their order: facts go before what they name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from regulars.identify.commerce.public import (
    restore_orders,
    restore_products,
    withdraw_orders,
    withdraw_products,
    withdraw_refunds,
)
from regulars.identify.customers.public import (
    restore_people,
    withdraw_identifiers,
    withdraw_people,
)
from regulars.identify.intake.loading.steps import Done
from regulars.identify.intake.models import Import, Phase
from regulars.lake.public import Withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Which import is undone, what it wrote under, and after which id to go on."""

    imported: Import
    revisions: Sequence[int]
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPhase:
    """One kind of rows on the way back, some thousand a step, counted as ``what``."""

    phase: Phase
    what: str
    doing: str
    work: Callable[[Going, int], Withdrawn]

    def step(self, going: Going, revision: int) -> Done:
        found = self.work(going, revision)
        counts = {self.what: found.gone, f"kept_{self.what}": found.stayed}
        return Done(counts=counts, upto=found.upto)


def _refunds(going: Going, revision: int) -> Withdrawn:
    return withdraw_refunds(
        brand=going.imported.brand,
        import_id=going.imported.pk,
        after=going.after,
        revision=revision,
    )


def _orders(going: Going, revision: int) -> Withdrawn:
    return withdraw_orders(
        brand=going.imported.brand,
        import_id=going.imported.pk,
        revisions=going.revisions,
        after=going.after,
        revision=revision,
    )


def _changed_orders(going: Going, revision: int) -> Withdrawn:
    return restore_orders(
        brand=going.imported.brand,
        import_id=going.imported.pk,
        after=going.after,
        revision=revision,
    )


def _changed_products(going: Going, revision: int) -> Withdrawn:
    return restore_products(
        brand=going.imported.brand,
        import_id=going.imported.pk,
        after=going.after,
        revision=revision,
    )


def _products(going: Going, revision: int) -> Withdrawn:
    return withdraw_products(
        brand=going.imported.brand,
        import_id=going.imported.pk,
        revisions=going.revisions,
        after=going.after,
        revision=revision,
    )


def _profiles(going: Going, revision: int) -> Withdrawn:
    return restore_people(import_id=going.imported.pk, after=going.after, revision=revision)


def _people(going: Going, revision: int) -> Withdrawn:
    return withdraw_people(
        import_id=going.imported.pk,
        revisions=going.revisions,
        after=going.after,
        revision=revision,
    )


def _identifiers(going: Going, revision: int) -> Withdrawn:
    return withdraw_identifiers(import_id=going.imported.pk, after=going.after, revision=revision)


_TAKING_ORDERS = gettext_noop("Taking back orders")
_TAKING_PRODUCTS = gettext_noop("Taking back products")
_TAKING_PEOPLE = gettext_noop("Taking back customers")

UNDO_PHASES = (
    UndoPhase(phase=Phase.REFUNDS_GONE, what="refunds", doing=_TAKING_ORDERS, work=_refunds),
    UndoPhase(phase=Phase.ORDERS_GONE, what="orders", doing=_TAKING_ORDERS, work=_orders),
    UndoPhase(
        phase=Phase.ORDERS_BACK, what="changed_orders", doing=_TAKING_ORDERS, work=_changed_orders
    ),
    UndoPhase(
        phase=Phase.PRODUCTS_BACK,
        what="changed_products",
        doing=_TAKING_PRODUCTS,
        work=_changed_products,
    ),
    UndoPhase(phase=Phase.PRODUCTS_GONE, what="products", doing=_TAKING_PRODUCTS, work=_products),
    UndoPhase(phase=Phase.PEOPLE_BACK, what="profiles", doing=_TAKING_PEOPLE, work=_profiles),
    UndoPhase(phase=Phase.PEOPLE_GONE, what="customers", doing=_TAKING_PEOPLE, work=_people),
    UndoPhase(phase=Phase.NAMES_GONE, what="identifiers", doing=_TAKING_PEOPLE, work=_identifiers),
)
BACKWARD = (*(back.phase for back in UNDO_PHASES), Phase.BRANCHES_GONE)
