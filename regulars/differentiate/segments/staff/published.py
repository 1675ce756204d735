"""The JSON Schema of segments, for whoever writes them."""

from django.http import HttpRequest, HttpResponse

from regulars.differentiate.segments.schema import schema_text
from regulars.organization.public import public_page


@public_page
def segment_schema(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(schema_text(), content_type="application/schema+json")
