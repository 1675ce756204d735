"""Ask for a file, and for what it does not tell itself."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.presets import PRESETS
from regulars.identify.intake.models import ImportKind
from regulars.identify.intake.options import Options, options_from
from regulars.identify.intake.reading.layout import Wishes
from regulars.organization.public import Brand


class FileForm(forms.Form):
    """A file, and what is in it."""

    kind = forms.ChoiceField(
        label=_("What is in it?"), choices=ImportKind.choices, initial=ImportKind.ORDERS
    )
    file = forms.FileField(label=_("File"))


class OptionsForm(forms.Form):
    """How to read the file, where it does not tell."""

    preset = forms.ChoiceField(label=_("Comes from"), required=False)
    timezone = forms.ChoiceField(label=_("The file's clock"), required=False)
    dates = forms.ChoiceField(
        label=_("Dates"),
        required=False,
        choices=[
            ("", _("as the file tells")),
            ("day-first", _("day first: 31/12/2026")),
            ("month-first", _("month first: 12/31/2026")),
        ],
    )
    decimal = forms.ChoiceField(
        label=_("Decimals"),
        required=False,
        choices=[
            ("", _("as the file tells")),
            ("point", _("point: 1,234.50")),
            ("comma", _("comma: 1.234,50")),
        ],
    )
    encoding = forms.ChoiceField(
        label=_("Characters"),
        required=False,
        choices=[
            ("", _("as the file tells")),
            ("utf-8", "UTF-8"),
            ("gb18030", "GBK · GB18030"),
            ("cp1252", "Windows-1252"),
            ("utf-16", "UTF-16"),
        ],
    )

    def __init__(self, *args: Any, brand: Brand, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = _("the brand's: %(zone)s") % {"zone": brand.timezone}
        zones = [(name, name) for name in sorted(available_timezones())]
        self.fields["timezone"].choices = [("", own), *zones]  # type: ignore[attr-defined]
        presets = [(key, p.label) for key, p in PRESETS.items() if p.kind == kind]
        self.fields["preset"].choices = [("", _("something else")), *presets]  # type: ignore[attr-defined]

    def options(self, kept: dict[str, Any]) -> Options:
        told, before = self.cleaned_data, options_from(kept).wishes
        return Options(
            dates=told["dates"],
            decimal=told["decimal"],
            timezone=told["timezone"],
            wishes=Wishes(
                encoding=told["encoding"],
                delimiter=before.delimiter,
                sheet=before.sheet,
                header=before.header,
            ),
        )


def options_initial(kept: dict[str, Any], preset: str) -> dict[str, str]:
    options = options_from(kept)
    return {
        "preset": preset,
        "timezone": options.timezone,
        "dates": options.dates,
        "decimal": options.decimal,
        "encoding": options.wishes.encoding,
    }
