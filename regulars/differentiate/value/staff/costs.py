"""What customers cost, and how far one looks ahead: said by staff."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.value.costs import (
    WHOLE,
    assume,
    assumptions_of,
    costs_of,
    sources_of,
    state_cost,
)
from regulars.differentiate.value.models import Assumptions, Part
from regulars.lib.money import exponent, to_decimal
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

MOST = Decimal(1_000_000_000)
SHARES = ("goods", "rewards")
MONEY: dict[str, str | Promise] = {
    "messages": _("Messages, for a customer and year"),
    "service": _("Service, for a customer and year"),
    "acquisition": _("Winning a customer, any other source"),
}


class AssumptionsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Assumptions
        fields = ("horizon_months", "yearly_discount_percent", "act_below_percent")


class CostsForm(forms.Form):
    """Amounts in the brand's currency and per cent; what is left empty is unknown."""

    goods = forms.DecimalField(
        label=_("Goods without a known cost, % of their net value"), required=False, min_value=0,
        max_value=100, decimal_places=2,
    )  # fmt: skip
    rewards = forms.DecimalField(
        label=_("Rewards, % of net value"), required=False, min_value=0, max_value=100,
        decimal_places=2,
    )  # fmt: skip

    def __init__(self, data: Any, *, brand: Brand) -> None:
        super().__init__(data, initial=_initial(brand))
        self.sources = sources_of(brand)
        asked: dict[str, Any] = dict(MONEY)
        for place, source in enumerate(self.sources):
            label = gettext("Winning a customer from %(source)s")
            asked[f"source_{place}"] = label % {"source": source}
        for name, label in asked.items():
            self.fields[name] = forms.DecimalField(
                label=label, required=False, min_value=0, max_value=MOST,
                decimal_places=exponent(brand.currency),
            )  # fmt: skip


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def costs(request: StaffRequest, brand: Brand) -> HttpResponse:
    posted = request.POST or None
    form = CostsForm(posted, brand=brand)
    ahead = AssumptionsForm(posted, instance=assumptions_of(brand))
    if posted and form.is_valid() and ahead.is_valid():
        _save(request, brand, form, ahead)
        return redirect("value:worth", brand.slug)
    context = {"brand": brand, "form": form, "ahead": ahead}
    status = 422 if form.errors or ahead.errors else 200
    return render(request, "value/costs.html", context, status=status)


def _save(request: StaffRequest, brand: Brand, form: CostsForm, ahead: AssumptionsForm) -> None:
    now, access, said = timezone.now(), request.access, form.cleaned_data
    for name in SHARES:
        amount = None if said[name] is None else int(said[name] * WHOLE / 100)
        state_cost(brand=brand, part=Part(name), amount=amount, by=access, now=now)
    unit = 10 ** exponent(brand.currency)
    named = [(name, Part(name), "") for name in MONEY]
    named += [(f"source_{n}", Part.ACQUISITION, source) for n, source in enumerate(form.sources)]
    for name, part, source in named:
        amount = None if said[name] is None else int(said[name] * unit)
        state_cost(brand=brand, part=part, source=source, amount=amount, by=access, now=now)
    assume(brand=brand, by=access, now=now, **ahead.cleaned_data)


def _initial(brand: Brand) -> dict[str, Any]:
    known = costs_of(brand)
    of_source = {
        f"source_{place}": known.acquisition_of.get(source)
        for place, source in enumerate(sources_of(brand))
    }
    money = {
        "messages": known.messages_a_year, "service": known.service_a_year,
        "acquisition": known.acquisition, **of_source,
    }  # fmt: skip
    shares = {"goods": known.goods_share, "rewards": known.rewards_share}
    return {
        **{name: None if v is None else to_decimal(v, brand.currency) for name, v in money.items()},
        **{name: None if v is None else f"{100 * v:g}" for name, v in shares.items()},
    }
