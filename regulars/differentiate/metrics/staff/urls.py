from django.urls import path

from regulars.differentiate.metrics.staff.board import board, board_export
from regulars.differentiate.metrics.staff.cohorts import cohorts, cohorts_export
from regulars.differentiate.metrics.staff.concentration import concentration, concentration_export
from regulars.differentiate.metrics.staff.exports import export, export_file, exports
from regulars.differentiate.metrics.staff.figures import figures
from regulars.differentiate.metrics.staff.recount import recount
from regulars.differentiate.metrics.staff.rhythm import rhythm
from regulars.differentiate.metrics.staff.standpoint import standpoint
from regulars.differentiate.metrics.staff.structure import structure, structure_export
from regulars.differentiate.metrics.staff.thresholds import (
    own_definition,
    thresholds,
    thresholds_undoing,
)
from regulars.differentiate.metrics.staff.today import (
    today_due,
    today_leaving,
    today_matters,
    today_week,
)

app_name = "metrics"
urlpatterns = [
    path("board/", board, name="board"),
    path("board/export/", board_export, name="board_export"),
    path("rhythm/", rhythm, name="rhythm"),
    path("standpoint/", standpoint, name="standpoint"),
    path("concentration/", concentration, name="concentration"),
    path("concentration/export/", concentration_export, name="concentration_export"),
    path("cohorts/", cohorts, name="cohorts"),
    path("cohorts/export/", cohorts_export, name="cohorts_export"),
    path("structure/", structure, name="structure"),
    path("structure/export/", structure_export, name="structure_export"),
    path("customers/<str:customer>/figures/", figures, name="figures"),
    path("exports/", exports, name="exports"),
    path("exports/<int:export>/", export, name="export"),
    path("exports/<int:export>/file/", export_file, name="export_file"),
    path("recount/", recount, name="recount"),
    path("settings/thresholds/", thresholds, name="thresholds"),
    path("settings/thresholds/own-definition/", own_definition, name="own_definition"),
    path("settings/thresholds/undoing/<int:entry>/", thresholds_undoing, name="thresholds_undoing"),
    path("today/week/", today_week, name="today_week"),
    path("today/matters/", today_matters, name="today_matters"),
    path("today/leaving/", today_leaving, name="today_leaving"),
    path("today/due/", today_due, name="today_due"),
]
