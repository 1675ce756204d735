"""Settings: what counts as goods."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.identify.commerce.goods import (
    Hits,
    NotAPattern,
    add_goods_rule,
    preview_goods_rule,
    remove_goods_rule,
    rules_with_hits,
)
from regulars.identify.commerce.models import GoodsRule
from regulars.identify.commerce.staff.forms import PatternForm
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def goods(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = PatternForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pattern = form.cleaned_data["pattern"]
        try:
            hits = preview_goods_rule(brand=brand, pattern=pattern)
            rule = add_goods_rule(brand=brand, pattern=pattern, by=request.user, now=timezone.now())
        except NotAPattern:
            form.add_error("pattern", _("Write more than * and ?: this would hit everything."))
        else:
            _say_added(request, rule, hits)
            return redirect("commerce:goods", brand.slug)
    status = 422 if form.is_bound else 200
    context = {"brand": brand, "form": form, "rules": rules_with_hits(brand=brand)}
    return render(request, "commerce/goods.html", context, status=status)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def goods_preview(request: StaffRequest, brand: Brand) -> HttpResponse:
    pattern = request.GET.get("pattern", "")
    try:
        hits = preview_goods_rule(brand=brand, pattern=pattern) if pattern.strip() else None
    except NotAPattern:
        hits = None
    context = {"brand": brand, "pattern": pattern, "hits": hits}
    fragment = "#panel" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"commerce/goods_preview.html{fragment}", context)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
@require_POST
def goods_rule_removal(request: StaffRequest, brand: Brand, rule: int) -> HttpResponse:
    row = get_object_or_404(GoodsRule.objects.select_related("brand"), pk=rule, brand=brand)
    remove_goods_rule(rule=row, by=request.user, now=timezone.now())
    sentence = _("“%(pattern)s” is no rule any more.") % {"pattern": row.pattern}
    undo = reverse("commerce:goods_rule_restoration", args=[brand.slug, row.pattern])
    messages.success(request, sentence, extra_tags=f"undo:{undo}")
    return redirect("commerce:goods", brand.slug)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
@require_POST
def goods_rule_restoration(request: StaffRequest, brand: Brand, pattern: str) -> HttpResponse:
    try:
        add_goods_rule(brand=brand, pattern=pattern, by=request.user, now=timezone.now())
    except NotAPattern:
        messages.error(request, _("Write more than * and ?: this would hit everything."))
    else:
        messages.success(request, _("Undone."))
    return redirect("commerce:goods", brand.slug)


def _say_added(request: StaffRequest, rule: GoodsRule, hits: Hits) -> None:
    sentence = _("“%(pattern)s” is not goods: %(count)s products marked.")
    undo = reverse("commerce:goods_rule_removal", args=[request.access.brand.slug, rule.pk])
    told = {"pattern": rule.pattern, "count": hits.goods}
    messages.success(request, sentence % told, extra_tags=f"undo:{undo}")
