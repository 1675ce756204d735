"""Every component of the console on one page."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import public_page


class Example(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As it should stand on a letter."))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("a", _("One")), ("b", _("Another"))])
    agreed = forms.BooleanField(label=_("I have read it"))


@public_page
def gallery(request: HttpRequest) -> HttpResponse:
    bars = {
        "xAxis": {"type": "category", "data": [str(day) for day in range(7, 77, 7)]},
        "yAxis": {"type": "value"},
        "series": [{"type": "bar", "data": [3, 9, 14, 17, 12, 8, 5, 4, 2, 1]}],
    }
    context = {"form": Example(), "bound": Example({}), "bars": bars, "heat": range(21)}
    return render(request, "ui/gallery.html", context)
