"""The metrics' front door: how customers differ, as of a day."""

from regulars.differentiate.metrics.cells import CELLS, FREQUENCY_STATES, RECENCY_STATES
from regulars.differentiate.metrics.computation import CUSTOMERS, compute
from regulars.differentiate.metrics.crowd import Crowd, Group
from regulars.differentiate.metrics.looking import (
    crowd_at,
    latest,
    look_from,
    refresh,
    standpoint_of,
)
from regulars.differentiate.metrics.models import MetricRun
from regulars.differentiate.metrics.people import (
    EVERYBODY,
    Filters,
    People,
    UnknownFilter,
    count_people,
    metrics_of,
    people,
)
from regulars.differentiate.metrics.summary import Summary

__all__ = [
    "CELLS",
    "CUSTOMERS",
    "EVERYBODY",
    "FREQUENCY_STATES",
    "RECENCY_STATES",
    "Crowd",
    "Filters",
    "Group",
    "MetricRun",
    "People",
    "Summary",
    "UnknownFilter",
    "compute",
    "count_people",
    "crowd_at",
    "latest",
    "look_from",
    "metrics_of",
    "people",
    "refresh",
    "standpoint_of",
]
