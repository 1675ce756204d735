from regulars.differentiate.explore.models.saved_question import SavedQuestion

__all__ = ["SavedQuestion"]
