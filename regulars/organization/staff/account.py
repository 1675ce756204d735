"""The page about oneself, and the way in."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.organization.audience import SignedInRequest, signed_in_page
from regulars.organization.brands import brands_of
from regulars.organization.languages import languages
from regulars.organization.models import User
from regulars.organization.staffing import introduce
from regulars.organization.two_factor import has_second_factor


class AccountForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("a person", "Name"), max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)


@signed_in_page
def account(request: SignedInRequest) -> HttpResponse:
    me = request.user
    now_spoken = me.language or translation.get_language()
    form = AccountForm(request.POST or None, initial={"name": me.name, "language": now_spoken})
    if request.method == "POST" and form.is_valid():
        introduce(me, **form.cleaned_data, by=me, now=timezone.now())
        with translation.override(me.language):
            messages.success(request, _("Saved."))
        response = redirect("account")
        _speak(response, me)
        return response
    page = {
        "form": form,
        "brands": brands_of(me),
        "two_factor": has_second_factor(me),
    }
    return render(request, "organization/account.html", page, status=422 if form.errors else 200)


def _speak(response: HttpResponse, user: User) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
