"""What an owner says about a person: who, what they are, and where."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.mail.backends.console import EmailBackend as Console
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.organization.access import Access
from regulars.organization.models import Branch, Brand, RoleName
from regulars.organization.staffing import may_grant

THIS_BRAND, ALL_BRANDS = "brand", "all"


class RoleForm(forms.Form):
    """A role and its place, among those that the giver may give."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", gettext_lazy("Choose …")), *RoleName.choices],
        help_text=gettext_lazy(
            "Owners do everything. Marketers do all but staff and audit. Analysts count, and see "
            "no names. Service sees and edits customers. Branch managers see those of their branch."
        ),
    )
    place = forms.ChoiceField(label=gettext_lazy("Where"))

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.branches = {
            f"branch-{branch.pk}": branch
            for branch in Branch.objects.filter(brand=access.brand, closed_on=None)
        }
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (key, label) for key, label in self._places() if self._may_give(key)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        role, place = given.get("role"), given.get("place")
        if role == RoleName.BRANCH_MANAGER and place not in self.branches:
            self.add_error("place", _("Say which branch they manage."))
        return given

    def given(self) -> dict[str, Any]:
        """The role that is given, as the verbs of staffing take it."""
        brand, branch = self._place(self.cleaned_data["place"])
        return {"name": RoleName(self.cleaned_data["role"]), "brand": brand, "branch": branch}

    def _places(self) -> list[tuple[str, str]]:
        branches = [(key, branch.name) for key, branch in self.branches.items()]
        here = _("All branches of %(brand)s") % {"brand": self.access.brand.name}
        return [(THIS_BRAND, here), *branches, (ALL_BRANDS, _("All brands"))]

    def _place(self, key: str) -> tuple[Brand | None, Branch | None]:
        return None if key == ALL_BRANDS else self.access.brand, self.branches.get(key)

    def _may_give(self, key: str) -> bool:
        brand, branch = self._place(key)
        return may_grant(self.access, name=RoleName.ANALYST, brand=brand, branch=branch)


class InviteForm(RoleForm):
    """A new person, and their first role."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    name = forms.CharField(label=pgettext_lazy("a person", "Name"), max_length=120, required=False)
    by_email = forms.BooleanField(
        label=gettext_lazy("Send the invitation by e-mail"), required=False
    )

    def given(self) -> dict[str, Any]:
        role = super().given()
        who = {key: self.cleaned_data[key] for key in ("email", "name")}
        return {**role, **who, "role": role["name"]}

    field_order = ["email", "name", "role", "place", "by_email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if issubclass(import_string(settings.EMAIL_BACKEND), Console):
            del self.fields["by_email"]
