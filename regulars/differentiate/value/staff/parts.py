"""The parts of what customers have earned a brand, known or not, as a statement."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.value.costs import Costs
from regulars.differentiate.value.worth import Totals

LABELS: dict[str, str | Promise] = {
    "goods": gettext_lazy("Cost of goods"),
    "rewards": gettext_lazy("Rewards"),
    "messages": gettext_lazy("Messages"),
    "service": gettext_lazy("Service"),
    "acquisition": gettext_lazy("Winning customers"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOnPage:
    """A line of the statement; without an amount it is unknown. ``note`` says what is missing."""

    label: str | Promise
    minor: int | None
    note: str = ""


def parts_of(totals: Totals, costs: Costs) -> list[PartOnPage]:
    """List what was spent on customers, of all of them together."""
    unknown_goods = totals.minor("goods_unknown") or 0
    goods = totals.minor("goods")
    nothing_known = not goods and costs.goods_share is None
    return [
        PartOnPage(
            label=LABELS["goods"],
            minor=None if nothing_known or goods is None else -goods,
            note="" if not unknown_goods else _goods_note(totals, unknown_goods),
        ),
        *(_said(name, totals) for name in ("rewards", "messages", "service")),
        PartOnPage(
            label=LABELS["acquisition"],
            minor=_negative(totals.minor("acquisition")),
            note=_sources_note(totals),
        ),
    ]


def _said(name: str, totals: Totals) -> PartOnPage:
    return PartOnPage(label=LABELS[name], minor=_negative(totals.minor(name)))


def _negative(minor: int | None) -> int | None:
    return None if minor is None else -minor


def _goods_note(totals: Totals, unknown_minor: int) -> str:
    net = totals.minor("net") or 0
    share = unknown_minor / net if net > 0 else 1.0
    return _("unknown for {share} of net value").format(share=f"{100 * share:.0f} %")


def _sources_note(totals: Totals) -> str:
    if not totals.unknown_acquisition or totals.sums["acquisition_minor"] is None:
        return ""
    return _("unknown for {people} customers").format(people=f"{totals.unknown_acquisition:,}")
