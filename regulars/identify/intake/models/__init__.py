from regulars.identify.intake.models.file_import import UNFINISHED, Import, ImportKind, ImportState
from regulars.identify.intake.models.step import Phase, Step

__all__ = ["UNFINISHED", "Import", "ImportKind", "ImportState", "Phase", "Step"]
