"""Put what a verb refused beside the field where it was typed, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from regulars.identify.customers.blocking import BlockedIdentifier
from regulars.identify.customers.identification import IdentifierTaken, LimitReached
from regulars.identify.customers.identifier_kinds import identifier_kind
from regulars.identify.customers.normalization import NotAnIdentifier
from regulars.identify.customers.profile import NotABirthday
from regulars.organization.public import Access


@contextmanager
def refusals_in(form: forms.Form, *, access: Access) -> Iterator[None]:
    """Turn what the verbs inside refuse into errors of the form; ask ``form.is_valid()`` after."""
    try:
        yield
    except NotABirthday:
        form.add_error("born_on", _("Nobody alive was born on that day."))
    except BlockedIdentifier as refusal:
        form.add_error(
            _place(form, refusal.kind),
            _("“%(value)s” identifies nobody; it is a blocked value.") % {"value": refusal.value},
        )
    except NotAnIdentifier as refusal:
        form.add_error(_place(form, refusal.kind), _malformed(refusal.kind, access))
    except LimitReached as refusal:
        label = identifier_kind(refusal.kind).label
        form.add_error(
            _place(form, refusal.kind),
            _("A customer may have %(limit)s of this kind: %(kind)s.")
            % {"limit": refusal.limit, "kind": label},
        )
    except IdentifierTaken as refusal:
        form.add_error(_place(form, refusal.kind), _taken(refusal, access))


def _place(form: forms.Form, kind: str) -> str:
    return kind if kind in form.fields else "value"


def _malformed(kind: str, access: Access) -> str:
    if kind == "email":
        return _("This is not an e-mail address.")
    if kind == "phone" and not access.brand.country:
        return _("Begin the number with + and the country code, as in +44 7700 900123.")
    if kind == "phone":
        return _("This is not a phone number.")
    return _("This cannot be an identifier.")


def _taken(refusal: IdentifierTaken, access: Access) -> str:
    """Lead to the customer it belongs to; of another branch's people nothing is told."""
    owner = refusal.owner
    if access.branch_ids is not None and owner.branch_id not in access.branch_ids:
        return _("This belongs to a customer of another branch.")
    url = reverse("staff:customer", args=[access.brand.slug, owner.public_id])
    name = owner.name or owner.public_id
    if access.masked_at(owner.branch_id):
        name = owner.public_id
    return format_html('{} <a href="{}">{}</a>', _("This belongs to"), url, name)
