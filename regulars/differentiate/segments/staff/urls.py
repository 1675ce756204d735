from django.urls import path

from regulars.differentiate.segments.staff.builder.consequences import consequences
from regulars.differentiate.segments.staff.builder.page import definition, draft, new
from regulars.differentiate.segments.staff.builder.why import why
from regulars.differentiate.segments.staff.builder.words import words
from regulars.differentiate.segments.staff.changes import archive, copy, freeze, restoration
from regulars.differentiate.segments.staff.customer import customer_segments
from regulars.differentiate.segments.staff.list_changes import (
    list_contents,
    list_name,
    list_removal,
    list_restoration,
)
from regulars.differentiate.segments.staff.list_upload import list_use, new_list
from regulars.differentiate.segments.staff.overlap import (
    overlap_file,
    overlap_segment,
    overlapping,
)
from regulars.differentiate.segments.staff.people_lists import (
    list_people,
    listed,
    people_list,
)
from regulars.differentiate.segments.staff.segment import reason, segment
from regulars.differentiate.segments.staff.segments import segments
from regulars.differentiate.segments.staff.win_back import win_back

app_name = "segments"
urlpatterns = [
    path("segments/", segments, name="segments"),
    path("segments/overlap/", overlapping, name="overlap"),
    path("segments/overlap/file/", overlap_file, name="overlap_file"),
    path("segments/overlap/segments/", overlap_segment, name="overlap_segment"),
    path("segments/new/", new, name="new"),
    path("segments/new/churn/", win_back, name="win_back"),
    path("segments/draft/", draft, name="draft"),
    path("segments/consequences/", consequences, name="consequences"),
    path("segments/words/", words, name="words"),
    path("segments/lists/", listed, name="people_lists"),
    path("segments/lists/new/", new_list, name="new_list"),
    path("segments/lists/<int:people_list>/", people_list, name="people_list"),
    path("segments/lists/<int:people_list>/use/", list_use, name="list_use"),
    path("segments/lists/<int:people_list>/people/", list_people, name="list_people"),
    path("segments/lists/<int:people_list>/name/", list_name, name="list_name"),
    path("segments/lists/<int:people_list>/contents/", list_contents, name="list_contents"),
    path("segments/lists/<int:people_list>/removal/", list_removal, name="list_removal"),
    path(
        "segments/lists/<int:people_list>/restoration/", list_restoration, name="list_restoration"
    ),
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
