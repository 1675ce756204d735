from regulars.identify.intake.models.file_import import Import, ImportKind, ImportState
from regulars.identify.intake.models.step import Phase, Step

__all__ = ["Import", "ImportKind", "ImportState", "Phase", "Step"]
