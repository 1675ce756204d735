"""What staff do with a list of people: name it, replace its people, remove it, and undo that."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from regulars.differentiate.segments.keeping import NameTaken
from regulars.differentiate.segments.list_files import NotAListFile, names_in
from regulars.differentiate.segments.models import PeopleList
from regulars.differentiate.segments.people_lists import (
    ListInUse,
    ListNotFound,
    remove_people_list,
    rename_people_list,
    replace_people_list,
    restore_people_list,
)
from regulars.differentiate.segments.staff.people_lists import (
    FileForm,
    NameForm,
    list_or_404,
    list_page,
)
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def list_name(request: StaffRequest, brand: Brand, people_list: int) -> HttpResponse:
    found, form = list_or_404(brand, people_list), NameForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            rename_people_list(people_list=found, name=name, by=request.access, now=timezone.now())
            return _to(found)
        except NameTaken:
            found.refresh_from_db()
            form.add_error("name", _("Another list has this name."))
    return list_page(request, found, status=422, naming=form)


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def list_contents(request: StaffRequest, brand: Brand, people_list: int) -> HttpResponse:
    """Replace the people of a list by those whom a newer file names."""
    found, form = list_or_404(brand, people_list), FileForm(request.POST, request.FILES)
    if form.is_valid():
        file, masked = form.cleaned_data["file"], request.access.masked
        try:
            lines = names_in(file.read(), brand=brand, masked=masked, called=file.name)
        except NotAListFile as error:
            form.add_error("file", str(error))
        else:
            before = replace_people_list(
                people_list=found, lines=lines, by=request.access, now=timezone.now()
            )
            _say_undo(request, before, _replaced(before, found))
            return _to(found)
    return list_page(request, found, status=422, replacing=form)


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def list_removal(request: StaffRequest, brand: Brand, people_list: int) -> HttpResponse:
    found = list_or_404(brand, people_list)
    try:
        remove_people_list(people_list=found, by=request.access, now=timezone.now())
    except ListInUse as error:
        sentence = _("“%(name)s” is not deleted: it is still used by %(names)s.")
        messages.error(request, sentence % {"name": found, "names": error})
        return _to(found)
    _say_undo(request, found, _("“%(name)s” is deleted.") % {"name": found})
    return redirect("segments:people_lists", brand.slug)


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def list_restoration(request: StaffRequest, brand: Brand, people_list: int) -> HttpResponse:
    removed = PeopleList.objects.of(brand).filter(pk=people_list).first()
    if removed is None:
        raise Http404
    try:
        found = restore_people_list(people_list=removed, by=request.access, now=timezone.now())
    except ListNotFound:
        messages.error(request, _("It is too late to undo this."))
    except NameTaken:
        messages.error(request, _("Another list has this name now."))
    else:
        messages.success(request, _("Undone."))
        return _to(found)
    return redirect("segments:people_lists", brand.slug)


def _replaced(before: PeopleList, now: PeopleList) -> str:
    sentence = ngettext(
        "“%(name)s” has %(people)s person now, instead of %(before)s.",
        "“%(name)s” has %(people)s people now, instead of %(before)s.",
        now.size,
    )
    return sentence % {"name": now, "people": now.size, "before": before.size}


def _say_undo(request: StaffRequest, removed: PeopleList, sentence: str) -> None:
    undo = reverse("segments:list_restoration", args=[removed.brand.slug, removed.pk])
    messages.success(request, sentence, extra_tags=f"undo:{undo}")


def _to(found: PeopleList) -> HttpResponse:
    return redirect("segments:people_list", found.brand.slug, found.pk)
