"""What staff type about products."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.identify.commerce.models import Product, ProductKind
from regulars.identify.commerce.products import ProductFacts
from regulars.lib import money

BIGGEST_MINOR = 10**15


class MoneyField(forms.CharField):
    """An amount as people write it, in the brand's currency; minor units when clean."""

    def __init__(self, *, currency: str, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)
        self.currency = currency
        self.widget.attrs["inputmode"] = "decimal"

    def prepare_value(self, value: object) -> object:
        return str(money.to_decimal(value, self.currency)) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = money.parse(text, self.currency)
        except money.NotMoney:
            raise forms.ValidationError(_("Write an amount, such as 1234.50.")) from None
        if not 0 <= amount < BIGGEST_MINOR:
            raise forms.ValidationError(_("An amount below zero or beyond belief."))
        return amount


class ProductForm(forms.Form):
    sku = forms.CharField(label=gettext_lazy("SKU"), max_length=120)
    name = forms.CharField(label=pgettext_lazy("product", "Name"), max_length=300, required=False)
    maker = forms.CharField(label=gettext_lazy("Product brand"), max_length=120, required=False)
    category = forms.CharField(
        label=gettext_lazy("Category path"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("From wide to narrow, as in Tea / Green / Sencha."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("not known")), *ProductKind.choices],
        required=False,
    )

    def __init__(
        self, *args: Any, currency: str, product: Product | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price_minor"] = MoneyField(label=_("Price"), currency=currency)
        self.fields["cost_minor"] = MoneyField(label=_("Cost"), currency=currency)
        if product:
            del self.fields["sku"]
            self.initial = {name: getattr(product, name) for name in ProductFacts.__slots__}

    def facts(self) -> ProductFacts:
        return ProductFacts(**{name: self.cleaned_data[name] for name in ProductFacts.__slots__})


class PatternForm(forms.Form):
    pattern = forms.CharField(label=gettext_lazy("Pattern"), max_length=120)
