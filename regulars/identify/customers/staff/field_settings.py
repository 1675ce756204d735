"""Settings: the fields that staff define for their customers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from regulars.identify.customers.field_uses import uses_of_field
from regulars.identify.customers.fields import (
    ChoicesMissing,
    FieldExists,
    change_field,
    customers_with,
    define_field,
    fields_of,
    purge_field,
    restore_field,
    retire_field,
)
from regulars.identify.customers.models import Field, FieldKind
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


class FieldForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("Label"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=FieldKind.choices)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One on each line; for a field of choices only."),
    )
    personal = forms.BooleanField(
        label=gettext_lazy("Personal data"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Hidden from roles that see no names."),
    )

    def __init__(self, *args: Any, field: Field | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field:
            del self.fields["kind"]
            self.initial = {
                "label": field.label,
                "choices": "\n".join(field.choices),
                "personal": field.personal,
            }

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "choices": self.cleaned_data["choices"].splitlines()}


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def fields(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = FieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _try(form, brand=brand, by=request.user)
        if made:
            messages.success(request, _("“%(field)s” can be filled in now.") % {"field": made})
            return redirect("customers:fields", brand.slug)
    retired = Field.objects.filter(brand=brand).exclude(retired_at=None).order_by("label")
    context = {"brand": brand, "form": form, "fields": fields_of(brand=brand), "retired": retired}
    status = 422 if form.is_bound else 200
    return render(request, "customers/fields.html", context, status=status)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def field(request: StaffRequest, brand: Brand, field: int) -> HttpResponse:
    row = get_object_or_404(Field, pk=field, brand=brand)
    form = FieldForm(request.POST or None, field=row)
    if request.method == "POST" and form.is_valid() and _try(form, field=row, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("customers:fields", brand.slug)
    status = 422 if form.is_bound else 200
    return render(
        request, "customers/field.html", {"brand": brand, "form": form, "field": row}, status=status
    )


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def retirement(request: StaffRequest, brand: Brand, field: int) -> HttpResponse:
    """Retire a field; where something uses it, say what, and ask first."""
    row = get_object_or_404(Field, pk=field, brand=brand)
    uses = uses_of_field(row)
    if request.method != "POST" or (uses and "confirmed" not in request.POST):
        context = {"brand": brand, "field": row, "uses": uses}
        return render(request, "customers/retirement.html", context)
    retire_field(field=row, by=request.user, now=timezone.now())
    undo = reverse("customers:field_restoration", args=[brand.slug, row.pk])
    sentence = _("“%(field)s” is retired; its values are kept.") % {"field": row}
    messages.success(request, sentence, extra_tags=f"undo:{undo}")
    return redirect("customers:fields", brand.slug)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
@require_POST
def field_restoration(request: StaffRequest, brand: Brand, field: int) -> HttpResponse:
    row = get_object_or_404(Field, pk=field, brand=brand)
    try:
        restore_field(field=row, by=request.user, now=timezone.now())
    except FieldExists:
        messages.error(request, _("Another field has this label now; rename it first."))
    else:
        messages.success(request, _("“%(field)s” is in use again.") % {"field": row})
    return redirect("customers:fields", brand.slug)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def purge(request: StaffRequest, brand: Brand, field: int) -> HttpResponse:
    row = get_object_or_404(Field.objects.exclude(retired_at=None), pk=field, brand=brand)
    if request.method == "POST":
        emptied = purge_field(field=row, by=request.user, now=timezone.now())
        sentence = _("“%(field)s” is deleted, with the values of %(count)s customers.")
        messages.success(request, sentence % {"field": row.label, "count": emptied})
        return redirect("customers:fields", brand.slug)
    context = {"brand": brand, "field": row, "holders": customers_with(field=row)}
    return render(request, "customers/purge.html", context)


def _try(
    form: FieldForm, *, by: Any, brand: Brand | None = None, field: Field | None = None
) -> Field | None:
    facts = form.facts()
    now = timezone.now()
    try:
        if field:
            return change_field(field=field, by=by, now=now, **facts)
        if brand:
            return define_field(brand=brand, by=by, now=now, **facts)
    except FieldExists:
        form.add_error("label", _("Another field has this label."))
    except ChoicesMissing:
        form.add_error("choices", _("Give at least two different choices."))
    return None
