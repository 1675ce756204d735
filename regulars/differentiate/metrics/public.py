"""The metrics' front door: how customers differ, as of a day."""

from regulars.differentiate.metrics.beside import VALUE_METRICS, VALUES
from regulars.differentiate.metrics.catalogue import (
    CELL_WORDS,
    FREQUENCY_WORDS,
    METRICS,
    RECENCY_WORDS,
    Kind,
    Metric,
    say_cell,
)
from regulars.differentiate.metrics.cells import CELLS, FREQUENCY_STATES, RECENCY_STATES
from regulars.differentiate.metrics.computation import CUSTOMERS, DAILY, compute
from regulars.differentiate.metrics.crowd import Crowd, Group
from regulars.differentiate.metrics.export import (
    CUSTOMER_FILES,
    NotAFormat,
    NothingMeasured,
    Wanted,
    export_customers,
)
from regulars.differentiate.metrics.exporting import ask_for_export
from regulars.differentiate.metrics.facts import Facts, Source, facts_of
from regulars.differentiate.metrics.filters import (
    EVERYBODY,
    NO_CELL,
    SEGMENT_PEOPLE,
    Filters,
    UnknownFilter,
)
from regulars.differentiate.metrics.known_about import values_known
from regulars.differentiate.metrics.looking import (
    crowd_at,
    has_standpoint,
    latest,
    look_from,
    newest_day,
    refresh,
    standpoint_of,
)
from regulars.differentiate.metrics.models import Export, FileFormat, MetricRun
from regulars.differentiate.metrics.people import People, count_people, metrics_of, people
from regulars.differentiate.metrics.remaking import days_to_remake
from regulars.differentiate.metrics.sheets import TooManyRows
from regulars.differentiate.metrics.structure import AGE_BANDS, age_band
from regulars.differentiate.metrics.summary import Summary
from regulars.differentiate.metrics.visits import days_with_orders, shopping_days

__all__ = [
    "AGE_BANDS",
    "CELLS",
    "CELL_WORDS",
    "CUSTOMERS",
    "CUSTOMER_FILES",
    "DAILY",
    "EVERYBODY",
    "FREQUENCY_STATES",
    "FREQUENCY_WORDS",
    "METRICS",
    "NO_CELL",
    "RECENCY_STATES",
    "RECENCY_WORDS",
    "SEGMENT_PEOPLE",
    "VALUES",
    "VALUE_METRICS",
    "Crowd",
    "Export",
    "Facts",
    "FileFormat",
    "Filters",
    "Group",
    "Kind",
    "Metric",
    "MetricRun",
    "NotAFormat",
    "NothingMeasured",
    "People",
    "Source",
    "Summary",
    "TooManyRows",
    "UnknownFilter",
    "Wanted",
    "age_band",
    "ask_for_export",
    "compute",
    "count_people",
    "crowd_at",
    "days_to_remake",
    "days_with_orders",
    "export_customers",
    "facts_of",
    "has_standpoint",
    "latest",
    "look_from",
    "metrics_of",
    "newest_day",
    "people",
    "refresh",
    "say_cell",
    "shopping_days",
    "standpoint_of",
    "values_known",
]
