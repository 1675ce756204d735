"""Fill in the staff-defined fields of a person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.identify.customers.field_values import NotAValue, fill_in
from regulars.identify.customers.fields import fields_of
from regulars.identify.customers.models import Customer, Field, FieldKind
from regulars.identify.customers.staff.forms import UNKNOWN, date_input
from regulars.identify.customers.staff.panels import customer_or_404, panel, to_customer
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

YES_NO = [UNKNOWN, ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


class FieldValuesForm(forms.Form):
    """One input for each field of the brand, made of its kind."""

    def __init__(self, *args: Any, fields: list[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in fields:
            self.fields[field.key] = _input(field)


@staff_page(Permission.EDIT_CUSTOMERS)
def field_values(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    person = customer_or_404(request, brand, customer)
    fields = fields_of(brand=brand)
    initial = _initial(person, fields)
    form = FieldValuesForm(request.POST or None, fields=fields, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            fill_in(customer=person, texts=form.cleaned_data, by=request.user, now=timezone.now())
        except NotAValue as refusal:
            form.add_error(refusal.field.key, _NOT[FieldKind(refusal.field.kind)])
        else:
            messages.success(request, _("Saved."))
            return to_customer(request, person)
    status = 422 if form.is_bound else 200
    context = {"form": form, "fields": fields}
    return panel(request, "customers/field_values.html", person, context, status=status)


_NOT = {
    FieldKind.TEXT: gettext_lazy("Use at most 500 characters."),
    FieldKind.NUMBER: gettext_lazy("This is not a number."),
    FieldKind.DATE: gettext_lazy("This is not a date."),
    FieldKind.CHOICE: gettext_lazy("This is not one of the choices."),
    FieldKind.YES_NO: gettext_lazy("Say yes or no."),
}


def _input(field: Field) -> forms.Field:
    label = field.label
    if field.kind == FieldKind.CHOICE:
        choices = [UNKNOWN, *((choice, choice) for choice in field.choices)]
        return forms.CharField(label=label, required=False, widget=forms.Select(choices=choices))
    if field.kind == FieldKind.YES_NO:
        return forms.CharField(label=label, required=False, widget=forms.Select(choices=YES_NO))
    if field.kind == FieldKind.DATE:
        return forms.CharField(label=label, required=False, widget=date_input())
    if field.kind == FieldKind.NUMBER:
        widget = forms.TextInput({"inputmode": "decimal"})
        return forms.CharField(label=label, required=False, widget=widget)
    return forms.CharField(label=label, required=False, max_length=500)


def _initial(customer: Customer, fields: list[Field]) -> dict[str, str]:
    words = {True: "yes", False: "no"}
    return {
        field.key: words.get(value, str(value)) if isinstance(value, bool) else str(value)
        for field in fields
        if (value := customer.fields.get(field.key)) is not None
    }
