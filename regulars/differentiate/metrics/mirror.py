from regulars.differentiate.metrics.computation import FORM, KEPT_TABLES
from regulars.lake.public import Computed

for table in KEPT_TABLES:
    Computed(table=table, form=FORM)
