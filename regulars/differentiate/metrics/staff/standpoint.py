"""Choose the day from which a brand is looked at."""

from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from regulars.differentiate.metrics.looking import BeforeTheFirstDay, look_from
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


class DayForm(forms.Form):
    day = forms.DateField(required=False)


@staff_page(Permission.MANAGE_BRAND)
@require_POST
def standpoint(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = DayForm(request.POST)
    if not form.is_valid():
        raise BadRequest(form.errors)
    day: date | None = form.cleaned_data["day"]
    try:
        look_from(brand=brand, day=day, by=request.user, now=timezone.now())
    except BeforeTheFirstDay as error:
        messages.error(request, str(error))
    return redirect("metrics:board", brand=brand.slug)
