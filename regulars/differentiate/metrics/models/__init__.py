from regulars.differentiate.metrics.models.export import Export, FileFormat
from regulars.differentiate.metrics.models.run import MetricRun
from regulars.differentiate.metrics.models.standpoint import Standpoint
from regulars.differentiate.metrics.models.thresholds import Thresholds

__all__ = ["Export", "FileFormat", "MetricRun", "Standpoint", "Thresholds"]
