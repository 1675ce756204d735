"""Tell a machine whether this installation is well."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from regulars.organization.public import public_page
from regulars.work.public import workers_alive


@public_page
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 503 while the database does not; a silent worker is told, and is no reason for it."""
    try:
        workers = workers_alive()
    except DatabaseError:
        return JsonResponse({"database": "does not answer"}, status=503)
    return JsonResponse({"database": "answers", "workers": workers})
