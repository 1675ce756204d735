"""Bring in a list of people as a file, and use it in a segment."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from regulars.differentiate.segments.draft import Draft, DraftCondition, draft_of, tree_of
from regulars.differentiate.segments.keeping import NameTaken
from regulars.differentiate.segments.list_files import NotAListFile, names_in
from regulars.differentiate.segments.models import PeopleList
from regulars.differentiate.segments.packing import drafted, pack, unpack
from regulars.differentiate.segments.people_lists import make_people_list
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.builder.reading import kept
from regulars.differentiate.segments.staff.builder.why import builder_url
from regulars.differentiate.segments.staff.people_lists import FileForm, NameForm, list_or_404
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

EMPTY = {"version": 1, "match": {"all": []}}


class ListForm(NameForm, FileForm):
    """A name, and a file that names people."""

    field_order = ("name", "file")


@staff_page(Permission.EDIT_SEGMENTS)
def new_list(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _made(request, brand, form)
        if made is not None:
            place = reverse("segments:people_list", args=[brand.slug, made.pk])
            return redirect(f"{place}?{request.GET.urlencode()}")
    context = {"brand": brand, "form": form, "asked": request.GET.urlencode()}
    context["masked"] = request.access.masked
    status = 422 if request.method == "POST" else 200
    return render(request, "segments/list_upload.html", context, status=status)


@staff_page(Permission.EDIT_SEGMENTS)
@require_GET
def list_use(request: StaffRequest, brand: Brand, people_list: int) -> HttpResponse:
    """Go on building where a list was missing, or begin a segment with it."""
    return redirect(_use(request, brand, list_or_404(brand, people_list)))


def _made(request: StaffRequest, brand: Brand, form: ListForm) -> PeopleList | None:
    """Keep the list; where that cannot be, say so in the form."""
    file, masked = form.cleaned_data["file"], request.access.masked
    try:
        return make_people_list(
            brand=brand,
            name=form.cleaned_data["name"],
            lines=names_in(file.read(), brand=brand, masked=masked, called=file.name),
            by=request.access,
            now=timezone.now(),
        )
    except NameTaken:
        form.add_error("name", _("Another list has this name."))
    except NotAListFile as error:
        form.add_error("file", str(error))
    return None


def _use(request: StaffRequest, brand: Brand, people: PeopleList) -> str:
    """Return where the draft is built on with the list in it."""
    try:
        draft = draft_of(unpack(request.GET["draft"]) if "draft" in request.GET else EMPTY)
    except NotATree:
        draft = draft_of(EMPTY)
    _put(draft, {"condition": "list", "about": str(people.pk), "is": "yes"})
    place = builder_url(brand, "", request.GET.get("segment", ""))
    return place + drafted(pack(tree_of(draft)), **kept(request.GET))


def _put(draft: Draft, told: dict[str, Any]) -> None:
    """Put a list where a condition was waiting for one, or else at the end."""
    for node, _above, _path in draft.walk():
        if isinstance(node, DraftCondition) and node.told == {"condition": "list"}:
            node.told = told
            return
    draft.top.nodes.append(DraftCondition(key=draft.new_key(), told=told))
