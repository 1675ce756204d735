"""The parameters of a model in sentences."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from regulars.differentiate.value.staff.words import percent


def sentences(told: dict[str, Any] | None) -> list[str]:
    """Say what a model has learnt about the brand's customers; nothing when there is none."""
    return list(_sentences(told)) if told else []


def _sentences(told: dict[str, Any]) -> Iterator[str]:
    if told["half_back_days"] is not None:
        yield _("Half of the customers come back within {days} days of their first visit.").format(
            days=f"{told['half_back_days']:,}"
        )
    yield _(
        "{share} come back within a year; on average a new customer comes {visits} more times."
    ).format(share=percent(told["back_within_year"]), visits=f"{told['visits_within_year']:.1f}")
    yield _("As long as they come, customers come every {days} days on average.").format(
        days=f"{told['every_days']:.0f}"
    )
    if told["leave_after_visit"] is not None:
        yield _("After each visit {share} leave for good.").format(
            share=percent(told["leave_after_visit"], 1)
        )
    if told["half_left_days"] is not None:
        yield _("Half of them have left for good {days} days after their first visit.").format(
            days=f"{told['half_left_days']:,}"
        )
