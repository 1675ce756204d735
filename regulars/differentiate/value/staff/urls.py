from django.urls import path

from regulars.differentiate.value.staff.churn import churn, churn_export
from regulars.differentiate.value.staff.costs import costs
from regulars.differentiate.value.staff.customer import customer_worth
from regulars.differentiate.value.staff.forecast import forecast, forecast_export
from regulars.differentiate.value.staff.worth import worth

app_name = "value"
urlpatterns = [
    path("worth/", worth, name="worth"),
    path("worth/costs/", costs, name="costs"),
    path("churn/", churn, name="churn"),
    path("churn/export/", churn_export, name="churn_export"),
    path("forecast/", forecast, name="forecast"),
    path("forecast/export/", forecast_export, name="forecast_export"),
    path("customers/<str:customer>/worth/", customer_worth, name="customer_worth"),
]
