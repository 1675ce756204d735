"""The fields that staff define for their brand's customers."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.explore.dimension import Dimension
from regulars.differentiate.explore.grains import About
from regulars.identify.customers.public import Field, FieldKind
from regulars.lake.public import text_in_json
from regulars.organization.public import Brand

PREFIX = "field."


def dimension_of(field: Field) -> Dimension:
    """Return the dimension of a field."""
    return Dimension(
        key=PREFIX + field.key,
        label=field.label,
        sentence=gettext_lazy("A field that this brand defined for its customers."),
        about=About.CUSTOMER,
        column=lambda people, scope: (  # noqa: ARG005
            text_in_json(people.fields, field.key).nullif("")
        ),
        group=gettext_lazy("Own fields"),
        in_order=field.kind in {FieldKind.NUMBER, FieldKind.DATE},
        personal=field.personal,
        words=_yes_or_no if field.kind == FieldKind.YES_NO else _as_written,
    )


def _yes_or_no(_brand: Brand, _values: Collection[str]) -> Mapping[str, str]:
    return {"true": _("yes"), "false": _("no")}


def _as_written(_brand: Brand, _values: Collection[str]) -> Mapping[str, str]:
    return {}
