"""``regulars metrics``: how a brand's customers differ."""

from typing import Any

import typer
from django.utils import timezone
from rich.table import Table

from regulars.cli.brands import AsOf, BrandSlug, brand_asked, day_asked
from regulars.cli.console import AsJson, answer, show
from regulars.cli.half_way import warn_of_half_imports
from regulars.cli.preparing import ensure_migrated
from regulars.cli.unfinished_imports import warn_of_unfinished
from regulars.differentiate.metrics.public import (
    FREQUENCY_STATES,
    RECENCY_STATES,
    Summary,
    refresh,
)
from regulars.lake.public import catch_up
from regulars.lib.money import to_decimal
from regulars.organization.public import Brand

app = typer.Typer()


@app.command("metrics")
def command(
    brand: BrandSlug,
    as_of: AsOf = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Compute a brand's metrics: visits, money, the sixteen cells, the active window.

    Example: `regulars metrics --brand teahouse --as-of 2026-10-31`
    """
    ensure_migrated()
    found, now = brand_asked(brand), timezone.now()
    day = day_asked(as_of, brand=found, now=now)
    warn_of_unfinished(found)
    warn_of_half_imports(found)
    catch_up()
    figures = figures_of(refresh(brand=found, now=now, as_of=day))
    if as_json:
        answer(figures)
    else:
        _show(found, figures)


def figures_of(summary: Summary) -> dict[str, Any]:
    """Write a summary for a machine: cells count people, money is in the brand's units."""
    crowd, currency = summary.crowd, summary.currency
    everybody = crowd.customers.net_minor + crowd.without_visit.net_minor
    return {
        "as_of": summary.as_of.isoformat(),
        "customers": crowd.customers.people,
        "visits": crowd.customers.visits,
        "repeaters": crowd.repeaters.people,
        "net_value": float(to_decimal(everybody, currency)),
        "net_value_of_visitors": float(to_decimal(crowd.customers.net_minor, currency)),
        "without_visit": crowd.without_visit.people,
        "active_window_days": summary.window.days,
        "median_interval_days": summary.median_days,
        "cells": {cell: group.people for cell, group in crowd.cells.items()},
        "cells_net_value": {
            cell: float(to_decimal(group.net_minor, currency))
            for cell, group in crowd.cells.items()
        },
        "due": crowd.expected("due").people,
        "overdue": crowd.expected("overdue").people,
        "leaving": crowd.leaving.people,
        "top_fifth_share": summary.concentration.top_fifth_share,
        "currency": currency,
        "newest_order_on": summary.shop.newest_on and summary.shop.newest_on.isoformat(),
    }


def _show(brand: Brand, told: dict[str, Any]) -> None:
    table = Table("", *FREQUENCY_STATES, title=f"{brand} · {told['as_of']}")
    for recency in RECENCY_STATES:
        counts = (told["cells"][f"{recency}/{often}"] for often in FREQUENCY_STATES)
        table.add_row(recency, *(f"{count:,}" for count in counts))
    show(table)
    show(
        f"{told['customers']:,} customers, {told['visits']:,} visits, "
        f"{told['net_value']:,.2f} {told['currency']} net; "
        f"active within {told['active_window_days']:g} days; "
        f"{told['leaving']:,} about to leave."
    )
