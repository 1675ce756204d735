"""The page where an invited person sets a password."""

from allauth.account.utils import perform_login
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from regulars.organization.audience import public_page
from regulars.organization.invitations import InvitationNotValid, accept_invitation, invited_by


class InvitationForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least eight characters, and not one that many people use."),
    )


@public_page
@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    try:
        person = invited_by(token, now=now)
        form = InvitationForm(request.POST or None, initial={"name": person.name})
        if form.is_valid():
            accepted = accept_invitation(token, now=now, **form.cleaned_data)
            response: HttpResponse = perform_login(request, accepted)
            return response
    except InvitationNotValid:
        return render(request, "organization/invitation_used.html", status=410)
    except ValidationError as error:
        form.add_error("password", error)
    status = 422 if form.errors else 200
    page = {"form": form, "person": person}
    return render(request, "organization/invitation.html", page, status=status)
