"""The list of products and the page of one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars.identify.commerce.catalogue import ProductNotFound, product_of, product_page
from regulars.identify.commerce.models import Product
from regulars.identify.commerce.products import ProductExists, change_product, register_product
from regulars.identify.commerce.sales import sales_of
from regulars.identify.commerce.staff.charts import by_month
from regulars.identify.commerce.staff.forms import ProductForm
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

GOODS = {"yes": True, "no": False}


@staff_page(Permission.SEE_CUSTOMERS)
def products(request: StaffRequest, brand: Brand) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("q", "goods", "after")}
    page = product_page(
        brand=brand, text=asked["q"], goods=GOODS.get(asked["goods"]), after=asked["after"]
    )
    context = {
        "brand": brand,
        "page": page,
        "asked": asked,
        "next": _link(asked, after=page.after) if page.after else "",
        "first": _link(asked, after="") if asked["after"] else "",
        "editable": _may_manage(request),
    }
    return render(request, "commerce/products.html", context)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def new_product(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = ProductForm(request.POST or None, currency=brand.currency)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_product(
                brand=brand,
                sku=form.cleaned_data["sku"],
                facts=form.facts(),
                by=request.user,
                now=timezone.now(),
            )
        except ProductExists:
            form.add_error("sku", _("Another product has this SKU."))
        else:
            messages.success(request, _("Added."))
            return redirect("commerce:product", brand.slug, made.pk)
    status = 422 if form.is_bound else 200
    return render(
        request, "commerce/new_product.html", {"brand": brand, "form": form}, status=status
    )


@staff_page(Permission.SEE_CUSTOMERS)
def product(request: StaffRequest, brand: Brand, product: int) -> HttpResponse:
    known = _or_404(brand, product)
    context = {
        "brand": brand,
        "product": known,
        "editable": _may_manage(request),
        "with_sales": request.access.may(Permission.SEE_METRICS),
    }
    return render(request, "commerce/product.html", context)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def product_facts(request: StaffRequest, brand: Brand, product: int) -> HttpResponse:
    known = _or_404(brand, product)
    form = ProductForm(request.POST or None, currency=brand.currency, product=known)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        change_product(product=known, facts=facts, by=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("commerce:product", brand.slug, known.pk)
    status = 422 if form.is_bound else 200
    context = {"brand": brand, "form": form, "product": known}
    return render(request, "commerce/product_facts.html", context, status=status)


@staff_page(Permission.SEE_METRICS)
def product_sales(request: StaffRequest, brand: Brand, product: int) -> HttpResponse:
    known = _or_404(brand, product)
    sales = sales_of(brand=brand, product_id=known.pk, branch_ids=request.access.branch_ids)
    context = {
        "brand": brand,
        "product": known,
        "sales": sales,
        "chart": by_month(sales, currency=brand.currency) if sales else None,
    }
    fragment = "#panel" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"commerce/product_sales.html{fragment}", context)


def _or_404(brand: Brand, product: int) -> Product:
    try:
        return product_of(brand=brand, product_id=product)
    except ProductNotFound as error:
        raise Http404 from error


def _may_manage(request: StaffRequest) -> bool:
    return request.access.branches_for(Permission.MANAGE_BRAND) is None


def _link(asked: dict[str, str], *, after: str) -> str:
    """Write the query of the list as it is asked for, from another place on."""
    return "?" + urlencode(
        {name: value for name, value in {**asked, "after": after}.items() if value}
    )
