"""What staff type about a person."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from regulars.identify.customers.household import Member
from regulars.identify.customers.identifier_kinds import KINDS
from regulars.identify.customers.models import MemberKind
from regulars.identify.customers.models.customer import Gender
from regulars.identify.customers.profile import Profile
from regulars.identify.customers.recognition import Given
from regulars.organization.public import Access, Branch

UNKNOWN = ("", _("not known"))


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    gender = forms.ChoiceField(
        label=_("Gender"), choices=[UNKNOWN, *Gender.choices], required=False
    )
    born_on = forms.DateField(label=_("Birthday"), required=False, widget=date_input())
    language = forms.ChoiceField(
        label=_("Reads"), choices=[UNKNOWN, *settings.LANGUAGES], required=False
    )
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    region = forms.CharField(label=_("Region"), max_length=120, required=False)
    country = forms.CharField(label=_("Country"), max_length=60, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    interests = forms.CharField(
        label=_("Interests"), required=False, help_text=_("Separated by commas.")
    )
    branch = forms.ModelChoiceField(
        label=_("Home branch"), queryset=Branch.objects.none(), required=False
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = Branch.objects.filter(brand=access.brand, closed_on=None)
        if access.branch_ids is not None:
            branches = branches.filter(pk__in=access.branch_ids)
            self.fields["branch"].required = True
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        self.fields["branch"].empty_label = _("none")  # type: ignore[attr-defined]

    def clean_interests(self) -> tuple[str, ...]:
        words = self.cleaned_data["interests"].replace("，", ",").replace("、", ",").split(",")
        return tuple(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))

    def profile(self, *, note: str = "") -> Profile:
        given = dict(self.cleaned_data)
        branch = given.pop("branch")
        known = {name: given[name] for name in Profile.__slots__ if name in given}
        return Profile(**known, note=note, branch_id=branch.pk if branch else None)


def profile_initial(profile: Profile) -> dict[str, Any]:
    """Return what the form shows for a profile as it is."""
    known = {name: getattr(profile, name) for name in Profile.__slots__}
    return {**known, "interests": ", ".join(profile.interests), "branch": profile.branch_id}


class NewCustomerForm(ProfileForm):
    email = forms.CharField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput()
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    member_number = forms.CharField(label=_("Member number"), max_length=254, required=False)

    field_order = ["name", "phone", "email", "member_number"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not any(given.get(name) for name in ("name", "email", "phone", "member_number")):
            raise forms.ValidationError(
                _("Give a name, or a way to recognize the person: a phone number will do.")
            )
        return given

    def given(self) -> list[Given]:
        kinds = ("phone", "email", "member_number")
        values = {kind: self.cleaned_data[kind].strip() for kind in kinds}
        return [Given(kind=kind, value=value) for kind, value in values.items() if value]


class IdentifierForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"))
    value = forms.CharField(label=_("Value"), max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = ("phone", "email", "member_number")
        kinds = [KINDS[key] for key in first]
        kinds += [kind for kind in KINDS.values() if kind.key not in {*first, "anonymous_id"}]
        self.fields["kind"].choices = [(kind.key, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    kind = forms.ChoiceField(label=_("Who"), choices=MemberKind.choices, initial=MemberKind.CHILD)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    species = forms.CharField(label=_("Species"), max_length=40, required=False)
    gender = forms.ChoiceField(
        label=_("Gender"), choices=[UNKNOWN, *Gender.choices], required=False
    )
    born_on = forms.DateField(label=_("Birthday"), required=False, widget=date_input())
    stage = forms.CharField(label=_("Stage of life"), max_length=40, required=False)

    def member(self) -> Member:
        given = dict(self.cleaned_data)
        if given["kind"] != MemberKind.PET:
            given["species"] = ""
        born_on: date | None = given["born_on"]
        return Member(**{**given, "born_on": born_on})


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Note"), required=False, max_length=5000, widget=forms.Textarea({"rows": 4})
    )
