"""What is known about the customer: place, age, language, where they came from."""

from collections.abc import Collection, Mapping
from itertools import pairwise

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from regulars.differentiate.explore.dimension import Dimension, column, number_from
from regulars.differentiate.explore.dimensions.sale import branch_names
from regulars.differentiate.explore.grains import About
from regulars.differentiate.metrics.public import AGE_BANDS, age_band
from regulars.identify.customers.public import Customer
from regulars.lib.countries import country_name
from regulars.organization.public import Brand

CUSTOMER = gettext_lazy("Customer")
AS_KNOWN = gettext_lazy("As the customer is known on the day one looks from.")


def _genders(_brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    choices = dict(Customer._meta.get_field("gender").flatchoices)
    return {value: str(choices[value]) for value in values if value in choices}


def _ages(_brand: Brand, _values: Collection[str]) -> Mapping[str, str]:
    between = {str(low): f"{low}–{above - 1}" for low, above in pairwise(AGE_BANDS)}
    return {
        "0": _("under %(age)s") % {"age": AGE_BANDS[0]},
        **between,
        str(AGE_BANDS[-1]): _("%(age)s and over") % {"age": AGE_BANDS[-1]},
    }


def _languages(_brand: Brand, _values: Collection[str]) -> Mapping[str, str]:
    return {code: str(name) for code, name in settings.LANGUAGES}


def _countries(_brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    language = get_language() or "en"
    return {value: country_name(value, language) for value in values}


home_branch = Dimension(
    key="home_branch",
    label=gettext_lazy("Home branch"),
    sentence=gettext_lazy("The branch that looks after the customer, wherever they buy."),
    about=About.CUSTOMER,
    column=lambda people, scope: people.branch_id,  # noqa: ARG005
    group=CUSTOMER,
    read=number_from,
    words=branch_names,
)
source = Dimension(
    key="source",
    label=gettext_lazy("Source"),
    sentence=gettext_lazy("Where the relationship with the customer began."),
    about=About.CUSTOMER,
    column=column("source"),
    group=CUSTOMER,
)
city = Dimension(
    key="city",
    label=gettext_lazy("City"),
    sentence=AS_KNOWN,
    about=About.CUSTOMER,
    column=column("city"),
    group=CUSTOMER,
)
region = Dimension(
    key="region",
    label=gettext_lazy("Region"),
    sentence=AS_KNOWN,
    about=About.CUSTOMER,
    column=column("region"),
    group=CUSTOMER,
)
country = Dimension(
    key="country",
    label=gettext_lazy("Country"),
    sentence=AS_KNOWN,
    about=About.CUSTOMER,
    column=column("country"),
    group=CUSTOMER,
    words=_countries,
)
gender = Dimension(
    key="gender",
    label=gettext_lazy("Gender"),
    sentence=AS_KNOWN,
    about=About.CUSTOMER,
    column=column("gender"),
    group=CUSTOMER,
    words=_genders,
)
age = Dimension(
    key="age",
    label=gettext_lazy("Age"),
    sentence=gettext_lazy("The age in whole years on the day one looks from, in bands."),
    about=About.CUSTOMER,
    column=lambda people, scope: age_band(people.born_on, scope.facts.as_of),
    group=CUSTOMER,
    in_order=True,
    words=_ages,
    every=("0", *map(str, AGE_BANDS)),
)
language = Dimension(
    key="language",
    label=gettext_lazy("Language"),
    sentence=AS_KNOWN,
    about=About.CUSTOMER,
    column=column("language"),
    group=CUSTOMER,
    words=_languages,
)
