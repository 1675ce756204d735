"""The way back from a removal: what was removed travels signed, and nothing of it is kept here."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.identify.customers.household import Member, restore_member
from regulars.identify.customers.identification import (
    IdentifierTaken,
    LimitReached,
    restore_identifier,
)
from regulars.identify.customers.models import Customer
from regulars.identify.customers.removed import RemovedIdentifier
from regulars.identify.customers.staff.panels import customer_or_404
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

SALT = "customers.undoing"
SECONDS = 15 * 60


def say_removed(
    request: StaffRequest, customer: Customer, sentence: str, removed: RemovedIdentifier | Member
) -> None:
    """Say on the next page, or in this answer, what was removed, with Undo beside it."""
    kind = "identifier" if isinstance(removed, RemovedIdentifier) else "member"
    told = {name: _plain(value) for name, value in asdict(removed).items()}
    token = signing.dumps([kind, told], salt=f"{SALT}.{customer.pk}", compress=True)
    place = {"brand": customer.brand.slug, "customer": customer.public_id, "removed": token}
    messages.success(
        request, sentence, extra_tags=f"undo:{reverse('customers:undo', kwargs=place)}"
    )


@staff_page(Permission.EDIT_CUSTOMERS)
@require_POST
def undoing(request: StaffRequest, brand: Brand, customer: str, removed: str) -> HttpResponse:
    person = customer_or_404(request, brand, customer)
    try:
        kind, told = signing.loads(removed, salt=f"{SALT}.{person.pk}", max_age=SECONDS)
        _restore(request, person, kind, told)
    except signing.BadSignature:
        messages.error(request, _("It is too late to undo this."))
    except (IdentifierTaken, LimitReached):
        messages.error(request, _("This belongs to somebody else by now, so it stays removed."))
    else:
        messages.success(request, _("Undone."))
    return redirect("staff:customer", brand.slug, person.public_id)


def _restore(request: StaffRequest, person: Customer, kind: str, told: dict[str, Any]) -> None:
    now = timezone.now()
    if kind == "member":
        born_on = told["born_on"] and date.fromisoformat(told["born_on"])
        member = Member(**{**told, "born_on": born_on})
        restore_member(customer=person, member=member, by=request.user, now=now)
    else:
        created_at = datetime.fromisoformat(told["created_at"])
        removed = RemovedIdentifier(**{**told, "created_at": created_at})
        restore_identifier(customer=person, removed=removed, by=request.user, now=now)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
