from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from regulars.differentiate.metrics.export import NothingMeasured
from regulars.differentiate.metrics.exporting import WRITE, write
from regulars.differentiate.metrics.models import Export
from regulars.differentiate.metrics.sheets import TooManyRows
from regulars.work.public import TaskControl, TaskFailed, task_kind


@task_kind(WRITE, title=_("Export of customers"))
def write_customers(control: TaskControl) -> None:
    export = Export.objects.select_related("brand").get(pk=control.subject_id)
    try:
        write(export, control=control)
    except NothingMeasured as error:
        sentence = gettext_noop("The figures of that day are no longer kept: ask for it again.")
        raise TaskFailed(sentence) from error
    except TooManyRows as error:
        sentence = gettext_noop("A sheet of Excel holds 1,048,575 rows: choose CSV or Parquet.")
        raise TaskFailed(sentence) from error
