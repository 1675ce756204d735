"""From the list of who is slipping away to a segment of them."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from regulars.differentiate.segments.packing import drafted, pack
from regulars.differentiate.value.public import AT_RISK, STATES
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.EDIT_SEGMENTS)
@require_GET
def win_back(request: StaffRequest, brand: Brand) -> HttpResponse:
    """Open the builder with those with whom it stands as is asked, else with those at risk."""
    asked = request.GET.get("state", "")
    state = asked if asked in STATES else AT_RISK
    those = {"condition": "worth", "about": "churn_state", "is": "one_of", "value": [state]}
    packed = pack({"version": 1, "match": those})
    return redirect(reverse("segments:new", args=[brand.slug]) + drafted(packed))
