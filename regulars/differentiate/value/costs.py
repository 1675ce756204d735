"""What customers cost, as far as staff have said it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from regulars.differentiate.value.models import Assumptions, Cost, Part, Valuation
from regulars.differentiate.value.prospects import Outlook
from regulars.differentiate.value.summary import WEEKS_A_YEAR
from regulars.identify.customers.public import Customer
from regulars.organization.public import Access, AuditAction, Brand, audit

WHOLE = 10_000  # hundredths of a per cent
MONTHS_A_YEAR = 12
SOURCES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Costs as a brand states them; None is unknown. Shares are between 0 and 1, money minor."""

    goods_share: float | None = None
    rewards_share: float | None = None
    messages_a_year: int | None = None
    service_a_year: int | None = None
    acquisition: int | None = None
    acquisition_of: Mapping[str, int] = field(default_factory=dict)

    @property
    def keeping_a_year(self) -> int:
        """What is known of what it costs to keep a customer for a year."""
        return (self.messages_a_year or 0) + (self.service_a_year or 0)


def costs_of(brand: Brand) -> Costs:
    """Return what is known of a brand's costs."""
    said = {(one.part, one.source): one.amount for one in Cost.objects.filter(brand=brand)}
    goods, rewards = said.get((Part.GOODS, "")), said.get((Part.REWARDS, ""))
    return Costs(
        goods_share=None if goods is None else goods / WHOLE,
        rewards_share=None if rewards is None else rewards / WHOLE,
        messages_a_year=said.get((Part.MESSAGES, "")),
        service_a_year=said.get((Part.SERVICE, "")),
        acquisition=said.get((Part.ACQUISITION, "")),
        acquisition_of={
            source: amount
            for (part, source), amount in said.items()
            if part == Part.ACQUISITION and source
        },
    )


def state_cost(
    *, brand: Brand, part: str, source: str = "", amount: int | None, by: Access, now: datetime
) -> None:
    """Say what a part costs, in the units of Cost; None says that it is unknown again."""
    with transaction.atomic():
        said = Cost.objects.filter(brand=brand, part=part, source=source)
        if amount is None:
            changed: Any = said.delete()[0]
        else:
            known = {"amount": amount, "set_by": by.user, "set_at": now}
            changed, _ = Cost.objects.update_or_create(
                brand=brand, part=part, source=source, defaults=known
            )
        if changed:
            about = {"part": part, "source": source, "amount": amount}
            audit(by, AuditAction.CHANGE, subject_kind="cost", detail=about, now=now)


def assume(*, brand: Brand, by: Access, now: datetime, **figures: float) -> None:
    """Set how far a brand looks ahead, its discount, and below what chance it acts."""
    with transaction.atomic():
        known = {**figures, "set_by": by.user, "set_at": now}
        Assumptions.objects.update_or_create(brand=brand, defaults=known)
        audit(by, AuditAction.CHANGE, subject_kind="assumptions", detail=dict(figures), now=now)


def assumptions_of(brand: Brand) -> Assumptions:
    """Return what a brand assumes, or the defaults."""
    return Assumptions.objects.filter(brand=brand).first() or Assumptions(brand=brand)


def months_ahead(weeks: float) -> int:
    """Return as how many months staff stated a time to look ahead, in weeks."""
    return round(weeks / WEEKS_A_YEAR * MONTHS_A_YEAR)


def is_outdated(valuation: Valuation) -> bool:
    """Whether staff have stated other costs or another outlook since customers were valued."""
    said = last_said_at(valuation.brand)
    return said is not None and said > valuation.started_at


def last_said_at(brand: Brand) -> datetime | None:
    """Return when staff last changed a cost or an assumption, None when they never did."""
    said = [
        *Assumptions.objects.filter(brand=brand).values_list("set_at", flat=True),
        *Cost.objects.filter(brand=brand).values_list("set_at", flat=True),
    ]
    return max((at for at in said if at), default=None)


def outlook_of(assumed: Assumptions) -> Outlook:
    """Say the assumptions in weeks and shares."""
    return Outlook(
        weeks=assumed.horizon_months / MONTHS_A_YEAR * WEEKS_A_YEAR,
        yearly_discount=assumed.yearly_discount_percent / 100,
        act_below=assumed.act_below_percent / 100,
    )


def sources_of(brand: Brand) -> list[str]:
    """Return the sources that customers came from, or that a cost was said for, by name."""
    came = Customer.objects.filter(brand=brand).exclude(source="")
    names = set(came.order_by().values_list("source", flat=True).distinct()[:SOURCES])
    return sorted(names | set(costs_of(brand).acquisition_of))
