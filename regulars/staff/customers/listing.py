"""The list of customers."""

from django.http import HttpResponse
from django.shortcuts import render

from regulars.identify.customers.public import newest_customers
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.SEE_CUSTOMERS)
def customers(request: StaffRequest, brand: Brand) -> HttpResponse:
    people = newest_customers(brand=brand, branch_ids=request.access.branch_ids)
    return render(request, "staff/customers.html", {"brand": brand, "people": people})
