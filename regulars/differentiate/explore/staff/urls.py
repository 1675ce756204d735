from django.urls import path

from regulars.differentiate.explore.staff import (
    answers,
    explore,
    migration,
    opened,
    retention,
    saved,
    values,
)

app_name = "explore"
urlpatterns = [
    path("explore/", explore.explore, name="explore"),
    path("explore/values/", values.values, name="values"),
    path("explore/file/", answers.file, name="file"),
    path("explore/people/", opened.people, name="people"),
    path("explore/orders/", opened.orders, name="orders"),
    path("explore/migration/", migration.migration, name="migration"),
    path("explore/migration/people/", migration.migration_people, name="migration_people"),
    path("explore/retention/", retention.retained, name="retention"),
    path("explore/retention/file/", retention.retained_file, name="retention_file"),
    path("explore/questions/", saved.questions, name="questions"),
    path("explore/questions/<int:question>/", saved.question, name="question"),
    path("explore/questions/<int:question>/copy/", saved.question_copy, name="question_copy"),
    path(
        "explore/questions/<int:question>/removal/",
        saved.question_removal,
        name="question_removal",
    ),
    path(
        "explore/questions/<int:question>/restoration/",
        saved.question_restoration,
        name="question_restoration",
    ),
]
