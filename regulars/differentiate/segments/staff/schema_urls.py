from django.urls import path

from regulars.differentiate.segments.staff.published import segment_schema

urlpatterns = [path("schemas/segment.json", segment_schema, name="segment_schema")]
