"""The front door to imports: files of orders, customers and products, brought in once."""

from regulars.identify.intake.attempts import forget_attempts
from regulars.identify.intake.columns_chosen import (
    ChosenColumn,
    columns_chosen,
    columns_left_out,
    identified_by,
    unread_repetitions,
)
from regulars.identify.intake.consequence import Consequence, consequence_of_undo
from regulars.identify.intake.finding import import_numbered, latest_imports
from regulars.identify.intake.joining import start_once
from regulars.identify.intake.looking import reading_of
from regulars.identify.intake.mapping.ambiguity import HeaderRepeated
from regulars.identify.intake.mapping.presets import PRESETS
from regulars.identify.intake.models import Import, ImportKind, ImportState
from regulars.identify.intake.options import Options
from regulars.identify.intake.reading.encoding import text_of
from regulars.identify.intake.reading.layout import Layout, Wishes
from regulars.identify.intake.reading.refusal import FileRefused, NoSuchChoice
from regulars.identify.intake.receiving import (
    choose_columns,
    confirm_columns,
    discard,
    receive,
)
from regulars.identify.intake.rejects import reject_file, sentences
from regulars.identify.intake.staging.moments import DatesUnclear
from regulars.identify.intake.starting import (
    NotNow,
    NotPossible,
    give_up,
    start_check,
    start_import,
    start_undo,
)
from regulars.identify.intake.unfinished import (
    Standing,
    Unfinished,
    standing_of,
    unfinished_imports,
)

__all__ = [
    "PRESETS",
    "ChosenColumn",
    "Consequence",
    "DatesUnclear",
    "FileRefused",
    "HeaderRepeated",
    "Import",
    "ImportKind",
    "ImportState",
    "Layout",
    "NoSuchChoice",
    "NotNow",
    "NotPossible",
    "Options",
    "Standing",
    "Unfinished",
    "Wishes",
    "choose_columns",
    "columns_chosen",
    "columns_left_out",
    "confirm_columns",
    "consequence_of_undo",
    "discard",
    "forget_attempts",
    "give_up",
    "identified_by",
    "import_numbered",
    "latest_imports",
    "reading_of",
    "receive",
    "reject_file",
    "sentences",
    "standing_of",
    "start_check",
    "start_import",
    "start_once",
    "start_undo",
    "text_of",
    "unfinished_imports",
    "unread_repetitions",
]
