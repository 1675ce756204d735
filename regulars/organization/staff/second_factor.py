"""Write down what happens to second factors; allauth tells by signals and has no hook for it."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from regulars.organization.models import User
from regulars.organization.staff.sign_in import audit_account, audit_refusal


def listen() -> None:
    signals.authentication_failed.connect(_refused)
    signals.authenticator_added.connect(_changed)
    signals.authenticator_removed.connect(_changed)
    signals.authenticator_reset.connect(_changed)


def _refused(*, request: HttpRequest, user: User, **_: Any) -> None:
    audit_refusal(request, user.email, reason="wrong code")


def _changed(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    audit_account(user, str(authenticator.type), request)
