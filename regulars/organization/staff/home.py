"""Where a signed-in person begins."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from regulars.organization.audience import SignedInRequest, last_seen, signed_in_page
from regulars.organization.beginning import first_brand
from regulars.organization.brands import may_open_brands


@signed_in_page
def home(request: SignedInRequest) -> HttpResponse:
    """Lead to the brand to begin at; who has none learns what to do."""
    brand = first_brand(request.user, last_seen=last_seen(request))
    if brand is not None:
        return redirect("staff:today", brand=brand.slug)
    page = {"may_open_brands": may_open_brands(request.user)}
    return render(request, "organization/no_brand.html", page)
