"""Questions that were kept: open, name, copy, remove, bring back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.differentiate.explore.models import SavedQuestion
from regulars.differentiate.explore.question import question_from
from regulars.differentiate.explore.saving import (
    NameMissing,
    SavedQuestionNotFound,
    copy_question,
    remove_question,
    rename_question,
    restore_question,
    save_question,
    saved_question,
    saved_questions,
)
from regulars.differentiate.explore.staff.asked import asked_by, query_of
from regulars.differentiate.explore.wrong import NotAQuestion
from regulars.organization.public import Access, Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.SEE_METRICS)
def questions(request: StaffRequest, brand: Brand) -> HttpResponse:
    if request.method == "POST":
        return _save(request, brand)
    rows = [
        (one, _says(one, request.access))
        for one in saved_questions(brand=brand, seen_by=request.user)
    ]
    return render(request, "explore/questions.html", {"brand": brand, "rows": rows})


@staff_page(Permission.SEE_METRICS)
def question(request: StaffRequest, brand: Brand, question: int) -> HttpResponse:
    saved = _saved(request, brand, question)
    if request.method == "POST":
        shared = request.POST.get("shared") == "1"
        try:
            rename_question(
                saved, name=request.POST.get("name", ""), shared=shared, by=request.user
            )
        except NameMissing:
            messages.error(request, _("Give it a name."))
        else:
            messages.success(request, _("Saved."))
        return redirect("explore:questions", brand.slug)
    try:
        address = query_of(question_from(saved.told, brand=brand, masked=request.access.masked))
    except NotAQuestion as error:
        sentence = _("“%(name)s” can no longer be asked: %(why)s")
        messages.error(request, sentence % {"name": saved, "why": error.sentence})
        return redirect("explore:questions", brand.slug)
    return redirect(reverse("explore:explore", args=[brand.slug]) + address)


@staff_page(Permission.SEE_METRICS)
@require_POST
def question_copy(request: StaffRequest, brand: Brand, question: int) -> HttpResponse:
    saved = _saved(request, brand, question)
    name = _("%(name)s (copy)") % {"name": saved.name}
    copy_question(saved, name=name, by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” is yours.") % {"name": name})
    return redirect("explore:questions", brand.slug)


@staff_page(Permission.SEE_METRICS)
@require_POST
def question_removal(request: StaffRequest, brand: Brand, question: int) -> HttpResponse:
    saved = _saved(request, brand, question)
    remove_question(saved, now=timezone.now())
    undo = reverse("explore:question_restoration", args=[brand.slug, saved.pk])
    sentence = _("“%(name)s” is deleted.") % {"name": saved}
    messages.success(request, sentence, extra_tags=f"undo:{undo}")
    return redirect("explore:questions", brand.slug)


@staff_page(Permission.SEE_METRICS)
@require_POST
def question_restoration(request: StaffRequest, brand: Brand, question: int) -> HttpResponse:
    saved = _saved(request, brand, question)
    restore_question(saved)
    messages.success(request, _("“%(name)s” is back.") % {"name": saved})
    return redirect("explore:questions", brand.slug)


def _save(request: StaffRequest, brand: Brand) -> HttpResponse:
    try:
        asked = asked_by(request)
        saved = save_question(
            brand=brand,
            name=request.POST.get("name", ""),
            question=asked,
            shared=request.POST.get("shared") == "1",
            by=request.user,
            now=timezone.now(),
        )
    except NameMissing:
        messages.error(request, _("Give it a name."))
    except NotAQuestion as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("“%(name)s” is saved.") % {"name": saved})
    back = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("explore:explore", args=[brand.slug]) + back)


def _saved(request: StaffRequest, brand: Brand, number: int) -> SavedQuestion:
    try:
        return saved_question(brand=brand, number=number, seen_by=request.user)
    except SavedQuestionNotFound as error:
        raise Http404 from error


def _says(saved: SavedQuestion, access: Access) -> str:
    """Say in a line what a saved question asks."""
    try:
        asked = question_from(saved.told, brand=access.brand, masked=access.masked)
    except NotAQuestion as error:
        return error.sentence
    measures = ", ".join(str(one.label) for one in asked.measures)
    by = " × ".join(str(one.label) for one in asked.by)
    return f"{measures} · {by}" if by else measures
