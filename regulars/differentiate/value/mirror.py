from regulars.differentiate.metrics.public import VALUES
from regulars.differentiate.value.valuation import VERSION
from regulars.lake.public import Computed

Computed(table=VALUES, form=str(VERSION))
