"""A person's story: what they bought, brought back and did, and what the shop did, in one line."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.humanize.templatetags.humanize import apnumber
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from regulars.identify.commerce.events import (
    ORDER_CANCELLED,
    ORDER_COMPLETED,
    ORDER_REFUNDED,
    ORDER_UPDATED,
)
from regulars.identify.commerce.public import (
    Order,
    Refund,
    Returned,
    orders_of,
    refunds_of,
    returned,
)
from regulars.identify.customers.public import Customer, aliases_of
from regulars.identify.timeline.public import Event, Place, events_of, kinds, tell
from regulars.lib.money import format_money
from regulars.ui.days import short_day

TOLD_BY_FACTS = (ORDER_COMPLETED, ORDER_UPDATED, ORDER_REFUNDED, ORDER_CANCELLED)
PRODUCTS_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened. ``theirs``: the customer did it, and not the shop."""

    at: datetime
    icon: str
    sentence: str | SafeString
    detail: str = ""
    theirs: bool = True

    @property
    def day(self) -> str:
        """The time if it was today, the day if this year, else the day and the year."""
        here = timezone.localtime(self.at)
        return here.strftime("%H:%M") if here.date() == timezone.localdate() else short_day(here)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Some moments, latest first; ``before`` leads to the earlier ones, None at the beginning."""

    moments: tuple[Moment, ...]
    before: datetime | None


def chapter_of(customer: Customer, *, before: datetime | None = None, limit: int = 20) -> Chapter:
    """Return what happened before an instant. Moments of the same instant stay together."""
    numbers = aliases_of(customer=customer)
    brand, most = customer.brand, limit + 1
    orders = orders_of(brand=brand, customer_ids=numbers, before=before, limit=most)
    refunds = refunds_of(brand=brand, customer_ids=numbers, before=before, limit=most)
    told = [*map(_bought, orders), *map(_brought_back, refunds)]
    place = Place(occurred_at=before, sequence=0) if before else None
    events = events_of(customer_ids=numbers, before=place, limit=most, without=TOLD_BY_FACTS)
    told += [_did(event) for event in events]
    told.sort(key=lambda moment: moment.at, reverse=True)
    shown, rest = told[:limit], told[limit:]
    while rest and rest[0].at == shown[-1].at:
        shown.append(rest.pop(0))
    return Chapter(moments=tuple(shown), before=shown[-1].at if rest else None)


def _bought(order: Order) -> Moment:
    url = reverse("commerce:order", args=[order.brand.slug, order.pk])
    amount = format_html('<a href="{}"><b>{}</b></a>', url, _money(order.net_minor, order.currency))
    at_place = _("Bought for {amount} at {branch}") if order.branch else _("Bought for {amount}")
    sentence = format_html(at_place, amount=amount, branch=order.branch or "")
    if order.cancelled_at:
        said = _("cancelled on %(day)s") % {
            "day": short_day(timezone.localtime(order.cancelled_at))
        }
        sentence = format_html(_("{sentence}; {returned}"), sentence=sentence, returned=said)
    elif back := returned(order):
        sentence = format_html(_("{sentence}; {returned}"), sentence=sentence, returned=_back(back))
    return Moment(at=order.occurred_at, icon="order", sentence=sentence, detail=_about(order))


def _back(back: Returned) -> str:
    day = short_day(back.on)
    if back.whole:
        return _("everything came back, the last on %(day)s") % {"day": day}
    one = ngettext(
        "one line of %(of)s came back on %(day)s",
        "%(lines)s lines of %(of)s came back, the last on %(day)s",
        back.lines,
    )
    return one % {"lines": _word(back.lines), "of": _word(back.of), "day": day}


def _about(order: Order) -> str:
    names = [str(line.product) for line in order.lines.all() if line.product and line.product.goods]
    more = len(names) - PRODUCTS_NAMED
    parts = [_list(names[:PRODUCTS_NAMED])]
    if more > 0:
        parts = [_("%(names)s and %(count)s more") % {"names": parts[0], "count": more}]
    if order.coupon:
        parts.append(_("coupon %(coupon)s") % {"coupon": order.coupon})
    return " · ".join(part for part in parts if part)


def _brought_back(refund: Refund) -> Moment:
    amount = format_html("<b>{}</b>", _money(refund.amount_minor, refund.currency))
    sentence = format_html(_("Got {amount} back"), amount=amount)
    if refund.order:
        sentence = format_html(
            _("Got {amount} back for order {number}"), amount=amount, number=refund.order.number
        )
    names = [str(line.product) for line in refund.lines.all() if line.product]
    return Moment(
        at=refund.occurred_at,
        icon="refund",
        sentence=sentence,
        detail=_list(names[:PRODUCTS_NAMED]),
    )


def _did(event: Event) -> Moment:
    kind = kinds().get(event.kind)
    return Moment(
        at=event.occurred_at,
        icon=kind.icon if kind else "dot",
        sentence=tell(event),
        detail=event.source,
        theirs=kind.theirs if kind else True,
    )


def _money(minor: int, currency: str) -> str:
    return format_money(minor, currency, get_language() or "en")


def _word(number: int) -> str:
    """Spell small numbers where the language does."""
    return str(apnumber(number)) if get_language() == "en" else str(number)


def _list(names: list[str]) -> str:
    return _(", ").join(names)
