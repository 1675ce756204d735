from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.preset import Preset, Reading

# A refund is a row of its own with the quantity and the money below zero. Square calls it by the
# transaction it undoes, or by one of its own.
SQUARE = Preset(
    key="square",
    label=_("Square item sales"),
    signatures=(("Item", "Qty", "Gross Sales", "Net Sales", "Transaction ID"),),
    columns={
        "number": ("Transaction ID",),
        "at": ("Date",),
        "clock": ("Time",),
        "zone": ("Time Zone",),
        "event": ("Event Type",),
        "channel": ("Channel",),
        "branch": ("Location",),
        "sku": ("SKU", "GTIN"),
        "product": ("Item",),
        "category": ("Category",),
        "quantity": ("Qty",),
        "gross": ("Gross Sales", "Product Sales"),
        "discount": ("Discounts",),
        "amount": ("Net Sales",),
        "line_tax": ("Tax",),
        "shop_id": ("Customer ID",),
        "name": ("Customer Name",),
    },
    reading=Reading(source="square", refund_event="(?i)^refund"),
)
