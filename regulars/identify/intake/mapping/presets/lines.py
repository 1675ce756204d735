from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.preset import Preset, Reading

LINES = Preset(
    key="lines",
    label=_("one line per item"),
    signatures=(
        ("InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice"),
        ("Invoice", "StockCode", "Quantity", "InvoiceDate", "Price"),
    ),
    columns={
        "number": ("InvoiceNo", "Invoice"),
        "sku": ("StockCode",),
        "product": ("Description",),
        "quantity": ("Quantity",),
        "at": ("InvoiceDate",),
        "price": ("UnitPrice", "Price"),
        "shop_id": ("CustomerID", "Customer ID"),
        "country": ("Country",),
    },
    reading=Reading(refund_number="^[Cc]"),
)
