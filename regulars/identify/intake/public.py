"""The front door to imports: files of orders, customers and products, brought in once."""

from regulars.identify.intake.mapping.presets import PRESETS
from regulars.identify.intake.models import Import, ImportKind, ImportState
from regulars.identify.intake.options import Options
from regulars.identify.intake.reading.layout import Wishes
from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.receiving import receive
from regulars.identify.intake.starting import start_import

__all__ = [
    "PRESETS",
    "FileRefused",
    "Import",
    "ImportKind",
    "ImportState",
    "Options",
    "Wishes",
    "receive",
    "start_import",
]
