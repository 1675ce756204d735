"""Write what is known about a person as labels and values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regulars.identify.customers.models import Customer, Field
from regulars.identify.customers.showing import shown_field
from regulars.lib.age import age_on
from regulars.lib.countries import country_name

HIDDEN = "•••"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known; ``items`` when it is a list, to be shown as badges."""

    label: str
    value: str = ""
    items: tuple[str, ...] = ()


def profile_facts(customer: Customer, *, today: date, masked: bool) -> Iterator[Fact]:
    """Return what the profile says and is not in the head of the page already."""
    if customer.gender:
        yield Fact(label=_("Gender"), value=customer.get_gender_display())
    if customer.born_on:
        yield Fact(label=_("Birthday"), value=_birthday(customer.born_on, today, masked=masked))
    if place := _place(customer, masked=masked):
        yield Fact(label=_("Lives in"), value=place)
    if customer.language:
        languages = dict(settings.LANGUAGES)
        yield Fact(label=_("Reads"), value=str(languages.get(customer.language, customer.language)))
    if customer.branch:
        yield Fact(label=_("Home branch"), value=customer.branch.name)
    if customer.interests:
        yield Fact(label=_("Interests"), items=tuple(customer.interests))


def field_facts(customer: Customer, fields: Sequence[Field], *, masked: bool) -> Iterator[Fact]:
    """Return the values of staff-defined fields; personal ones are masked."""
    for field in fields:
        value = customer.fields.get(field.key)
        if value is not None:
            hidden = masked and field.personal
            yield Fact(label=field.label, value=HIDDEN if hidden else shown_field(field, value))


def _birthday(born_on: date, today: date, *, masked: bool) -> str:
    age = _("%(years)s years") % {"years": age_on(born_on, today)}
    return age if masked else f"{date_format(born_on)} · {age}"


def _place(customer: Customer, *, masked: bool) -> str:
    country = country_name(customer.country, get_language() or "en")
    near = [customer.city, customer.region, country]
    exact = [] if masked else [customer.address, customer.postcode]
    return ", ".join(part for part in [*exact, *near] if part)
