"""Where a signed-in person begins."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from regulars.organization.audience import SignedInRequest, signed_in_page
from regulars.organization.brands import brands_of, may_open_brands


@signed_in_page
def home(request: SignedInRequest) -> HttpResponse:
    """Lead to the first brand; who has none learns what to do."""
    for brand in brands_of(request.user):
        return redirect("staff:today", brand=brand.slug)
    page = {"may_open_brands": may_open_brands(request.user)}
    return render(request, "organization/no_brand.html", page)
