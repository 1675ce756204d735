"""Every component of the console on one page, with what to write to get it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.organization.public import public_page
from regulars.ui.charts import Axis, Chart, Mark, Unit, bars, curve, histogram, lines

BOARD = """
533 4.1 ▲64 5 | 484 5.9 ▼12 6 | 798 16.2 ▲21 11 | 736 48.1 ▲3 20
263 2.9 ▲18 4 | 161 2.2 ▲6 4 | 220 6.4 ▲9 7 | 38 3.8 ▼4 5
443 2.4 ▲31 4 | 197 2.1 ▲11 4 | 91 2.7 ▲7 4 | 12 1.9 ▲2 3
305 0.4 ▲12 1 | 34 0.3 ▲2 1 | 10 0.4 ▲1 1 | 2 0.2 ·0 1
"""
CELLS = [[cell.split() for cell in row.split("|")] for row in BOARD.strip().splitlines()]
ROWS = (
    (pgettext_lazy("cell", "active"), 70),
    (pgettext_lazy("cell", "silent"), 140),
    (pgettext_lazy("cell", "dormant"), 280),
    (pgettext_lazy("cell", "churned"), None),
)
COLUMNS = (
    (pgettext_lazy("cell", "new"), _("1 visit")),
    (_("second-time"), "2"),
    (_("regular"), "3–5"),
    (_("fan"), "≥ 6"),
)
COHORTS = [[100, 46, 38, 33, 29, 28], [100, 44, 35, 31, 27], [100, 49, 41, 35], [100, 52, 42]]


class Example(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As it should stand on a letter."))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("a", _("One")), ("b", _("Another"))])
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    way = forms.ChoiceField(
        label=_("Way"),
        choices=[("a", _("By e-mail")), ("b", _("By post"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("I have read it"))


class Filters(forms.Form):
    words = forms.CharField(label=_("Name or number"), required=False)
    kind = forms.ChoiceField(label=_("Cell"), choices=[("", _("all")), ("a", _("active · fan"))])


@public_page
def gallery(request: HttpRequest) -> HttpResponse:
    context = {
        "form": Example(),
        "bound": Example({"bound-name": "Alice", "bound-kind": "c"}, prefix="bound"),
        "filters": Filters(prefix="filters"),
        "heat": range(21),
        "columns": COLUMNS,
        "board": list(zip(ROWS, CELLS, strict=True)),
        "cohorts": [[(share, round(share / 5)) for share in row] for row in COHORTS],
        **_charts(),
    }
    return render(request, "ui/gallery.html", context)


def _charts() -> dict[str, Chart]:
    days = Axis(name=_("days between two visits"))
    people = Axis(name=_("returns"))
    spread = (3, 9, 14, 17, 12, 8, 5, 4, 3, 2, 2, 1, 1, 1)
    share = Axis(name=_("share of customers"), unit=Unit.PERCENT, least=0, most=1)
    worth = Axis(name=_("share of net value"), unit=Unit.PERCENT, least=0, most=1)
    money = Axis(name=_("net value"), unit=Unit.MONEY, currency="GBP")
    months = ("2025-07", "2025-08", "2025-09", "2025-10", "2025-11")
    return {
        "rhythm": histogram(
            [(7 * week, 7 * week + 7, 100 * much) for week, much in enumerate(spread)],
            x=days,
            y=people,
            marks=[Mark(at=24, label=_("median")), Mark(at=70, label="A = 70")],
        ),
        "concentration": curve(
            [(step / 20, 1 - (1 - step / 20) ** 3.4) for step in range(21)],
            x=share,
            y=worth,
            marks=[Mark(at=0.2, label=_("a fifth"))],
            even=True,
        ),
        "cities": bars(
            [("London", 41_200), ("Leeds", 18_420), ("Bristol", 9_310), ("上海", 4_020)],
            x=_("City"),
            y=money,
        ),
        "months": lines(
            months,
            {_("new"): [9, 12, 11, 14, 13], _("regular"): [21, 24, 26, 31, 38]},
            x=_("Month"),
            y=people,
        ),
    }
