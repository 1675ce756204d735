from django.urls import path

from regulars.identify.commerce.staff.goods import (
    goods,
    goods_preview,
    goods_rule_removal,
    goods_rule_restoration,
)
from regulars.identify.commerce.staff.orders import (
    cancellation,
    customer_orders,
    order,
    reinstatement,
)
from regulars.identify.commerce.staff.products import (
    new_product,
    product,
    product_facts,
    product_sales,
    products,
)

app_name = "commerce"
urlpatterns = [
    path("customers/<str:customer>/orders/", customer_orders, name="customer_orders"),
    path("orders/<int:order>/", order, name="order"),
    path("orders/<int:order>/cancellation/", cancellation, name="cancellation"),
    path("orders/<int:order>/reinstatement/", reinstatement, name="reinstatement"),
    path("products/", products, name="products"),
    path("products/new/", new_product, name="new_product"),
    path("products/<int:product>/", product, name="product"),
    path("products/<int:product>/facts/", product_facts, name="product_facts"),
    path("products/<int:product>/sales/", product_sales, name="product_sales"),
    path("settings/goods/", goods, name="goods"),
    path("settings/goods/preview/", goods_preview, name="goods_preview"),
    path("settings/goods/<int:rule>/removal/", goods_rule_removal, name="goods_rule_removal"),
    path(
        "settings/goods/restoration/<path:pattern>/",
        goods_rule_restoration,
        name="goods_rule_restoration",
    ),
]
