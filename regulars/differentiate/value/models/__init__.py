from regulars.differentiate.value.models.assumptions import Assumptions
from regulars.differentiate.value.models.cost import Cost, Part
from regulars.differentiate.value.models.valuation import ModelFit, Valuation

__all__ = ["Assumptions", "Cost", "ModelFit", "Part", "Valuation"]
