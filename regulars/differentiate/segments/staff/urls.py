from django.urls import path

from regulars.differentiate.segments.staff.builder.consequences import consequences
from regulars.differentiate.segments.staff.builder.page import definition, draft, new
from regulars.differentiate.segments.staff.builder.why import why
from regulars.differentiate.segments.staff.builder.words import words
from regulars.differentiate.segments.staff.changes import archive, copy, freeze, restoration
from regulars.differentiate.segments.staff.customer import customer_segments
from regulars.differentiate.segments.staff.list_upload import new_list, people_list
from regulars.differentiate.segments.staff.overlap import (
    overlap_file,
    overlap_segment,
    overlapping,
)
from regulars.differentiate.segments.staff.segment import reason, segment
from regulars.differentiate.segments.staff.segments import segments

app_name = "segments"
urlpatterns = [
    path("segments/", segments, name="segments"),
    path("segments/overlap/", overlapping, name="overlap"),
    path("segments/overlap/file/", overlap_file, name="overlap_file"),
    path("segments/overlap/segments/", overlap_segment, name="overlap_segment"),
    path("segments/new/", new, name="new"),
    path("segments/draft/", draft, name="draft"),
    path("segments/consequences/", consequences, name="consequences"),
    path("segments/words/", words, name="words"),
    path("segments/lists/new/", new_list, name="new_list"),
    path("segments/lists/<int:people_list>/", people_list, name="people_list"),
    path("segments/why/<str:customer>/", why, name="why"),
    path("segments/<int:segment>/", segment, name="segment"),
    path("segments/<int:segment>/definition/", definition, name="definition"),
    path("segments/<int:segment>/archive/", archive, name="archive"),
    path("segments/<int:segment>/restoration/", restoration, name="restoration"),
    path("segments/<int:segment>/copy/", copy, name="copy"),
    path("segments/<int:segment>/freeze/", freeze, name="freeze"),
    path("segments/<int:segment>/customers/<str:customer>/", reason, name="reason"),
    path("customers/<str:customer>/segments/", customer_segments, name="customer_segments"),
]
