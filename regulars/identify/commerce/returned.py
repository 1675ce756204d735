"""Say in short what of an order came back."""

from dataclasses import dataclass
from datetime import date

from regulars.identify.commerce.models import Line, Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """How many of an order's lines came back, wholly or in part, when last, and what for."""

    lines: int
    of: int
    whole: bool
    on: date
    amount_minor: int


def returned(order: Order) -> Returned | None:
    """Return what came back of an order read by this app's front door; None when nothing did."""
    lines = list(order.lines.all())
    touched = [line for line in lines if line.matches.all()]
    if not touched:
        return None
    matches = [match for line in touched for match in line.matches.all()]
    return Returned(
        lines=len(touched),
        of=len(lines),
        whole=all(_came_back_whole(line) for line in lines),
        on=max(match.refund_line.refund.refunded_on for match in matches),
        amount_minor=sum(match.amount_minor for match in matches),
    )


def _came_back_whole(line: Line) -> bool:
    return sum(match.quantity for match in line.matches.all()) >= line.quantity
