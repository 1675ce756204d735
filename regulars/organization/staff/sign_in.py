"""How people sign in: by invitation only, slowly for those who guess, and on record."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_bytes

from regulars.organization.audit import audit
from regulars.organization.masking import mask_email
from regulars.organization.models import AuditAction, User
from regulars.organization.security import address_of
from regulars.organization.two_factor import must_have_second_factor


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Passwords: who may have one, and what is written down about their use."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            audit_refusal(request, credentials.get("email", ""), reason="too many attempts")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        audit_refusal(request, credentials.get("email", ""), reason="wrong password")

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        audit_refusal(request, user.email, reason="dismissed")
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        audit(user, AuditAction.SIGN_IN, address=address_of(request))

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            audit(request.user, AuditAction.SIGN_OUT, address=address_of(request))
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        audit_account(user, "password", self.request)


class TwoFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are encrypted, and stay where a brand requires them."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = User.objects.get(pk=authenticator.user_id)
        return not must_have_second_factor(user)


def audit_refusal(request: HttpRequest | None, email: str, *, reason: str) -> None:
    """Write down that a sign-in was refused; of an unknown address only a masked form."""
    user = User.objects.filter(email=email.strip().lower()).first()
    audit(
        user,
        AuditAction.SIGN_IN_REFUSED,
        subject_kind="staff" if user else "stranger",
        subject=str(user.pk) if user else mask_email(email),
        detail={"reason": reason},
        address=address_of(request),
    )


def audit_account(user: User, field: str, request: HttpRequest | None) -> None:
    """Write down that a person changed how they sign in."""
    audit(
        user,
        AuditAction.CHANGE,
        subject_kind="staff",
        subject=str(user.pk),
        detail={"fields": [field]},
        address=address_of(request),
    )


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(force_bytes(secret))) for secret in secrets])


def _key(secret: bytes) -> bytes:
    digest = hashlib.sha256(b"regulars.organization.second_factor:" + secret).digest()
    return base64.urlsafe_b64encode(digest)
