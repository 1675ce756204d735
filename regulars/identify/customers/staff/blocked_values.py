"""Settings: values that identify nobody at this brand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from regulars.identify.customers.blocking import block_value, unblock_value
from regulars.identify.customers.identifier_kinds import KINDS
from regulars.identify.customers.models import BlockedValue, Customer
from regulars.identify.customers.normalization import NotAnIdentifier
from regulars.identify.customers.staff.undoing import say_removed
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


class BlockedValueForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    value = forms.CharField(label=gettext_lazy("Value"), max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.key, kind.label) for kind in KINDS.values()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def blocked_values(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = BlockedValueForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _block(request, form):
        return redirect("customers:blocked_values", brand.slug)
    rows = BlockedValue.objects.filter(brand=brand).order_by("kind", "value")
    shown = [(row, KINDS[row.kind].label) for row in rows if row.kind in KINDS]
    status = 422 if form.is_bound else 200
    context = {"brand": brand, "form": form, "blocked": shown}
    return render(request, "customers/blocked_values.html", context, status=status)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
@require_POST
def unblocking(request: StaffRequest, brand: Brand, blocked: int) -> HttpResponse:
    row = get_object_or_404(BlockedValue, pk=blocked, brand=brand)
    unblock_value(blocked=row, by=request.user, now=timezone.now())
    messages.success(request, _("“%(value)s” may identify somebody again.") % {"value": row.value})
    return redirect("customers:blocked_values", brand.slug)


def _block(request: StaffRequest, form: BlockedValueForm) -> bool:
    try:
        blocking = block_value(
            brand=request.access.brand,
            kind=form.cleaned_data["kind"],
            value=form.cleaned_data["value"],
            by=request.user,
            now=timezone.now(),
        )
    except NotAnIdentifier:
        form.add_error("value", _("This cannot be an identifier of this kind anyway."))
        return False
    value = {"value": blocking.blocked.value}
    if blocking.removed:
        owner = Customer.objects.get(pk=blocking.removed.customer_id)
        sentence = _("“%(value)s” is blocked, and taken from the customer who had it.") % value
        say_removed(request, owner, sentence, blocking.removed)
    else:
        messages.success(request, _("“%(value)s” is blocked.") % value)
    return True
