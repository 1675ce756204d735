"""What commerce announces. The names are those of the Segment e-commerce specification."""

from django.utils.translation import gettext_lazy as _

from regulars.identify.timeline.public import declare

ORDER_COMPLETED = declare("Order Completed", _("Bought for {amount}"), icon="order")
ORDER_UPDATED = declare(
    "Order Updated", _("Order {order_id} was changed to {amount}"), icon="order", theirs=False
)
ORDER_REFUNDED = declare("Order Refunded", _("Returned goods for {amount}"), icon="refund")
ORDER_CANCELLED = declare("Order Cancelled", _("Cancelled order {order_id}"), icon="refund")
