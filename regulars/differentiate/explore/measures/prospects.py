"""What is expected of customers, by the value model of the brand."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from regulars.differentiate.explore.measure import Measure, Part, Sum, Unit

foreseen = Part(
    "foreseen", {"valued": Sum(lambda people: people.expected_visits.notnull().cast("int8"))}
)
expected_value = Part("expected_value", {"valued": Sum(lambda people: people.expected_value_minor)})
expected_visits = Part("expected_visits", {"valued": Sum(lambda people: people.expected_visits)})
alive = Part("alive", {"valued": Sum(lambda people: people.alive)})


def _known(parts: Any, figure: Any) -> Any:
    """Say nothing where no model says anything."""
    return (parts.foreseen > 0).ifelse(figure, None)


expected = Measure(
    key="expected_value",
    label=_("Expected value"),
    sentence=_(
        "What customers are expected to bring over the horizon of the brand's value model, "
        "discounted; unknown until a model can be estimated."
    ),
    unit=Unit.MONEY,
    parts=(expected_value, foreseen),
    value=lambda parts: _known(parts, parts.expected_value),
    shared=True,
)
visits_to_come = Measure(
    key="expected_visits",
    label=_("Expected visits"),
    sentence=_("Visits expected over the horizon of the brand's value model."),
    unit=Unit.DECIMAL,
    parts=(expected_visits, foreseen),
    value=lambda parts: _known(parts, parts.expected_visits),
    shared=True,
)
still_there = Measure(
    key="alive",
    label=_("Still customers"),
    sentence=_(
        "The average chance, by the brand's value model, that a customer has not left for good."
    ),
    unit=Unit.SHARE,
    parts=(alive, foreseen),
    value=lambda parts: parts.alive / parts.foreseen.nullif(0),
)
