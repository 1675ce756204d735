"""Let a person set their own password through a link that works once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet

from regulars.organization.audit import Actor, audit, user_of
from regulars.organization.models import AuditAction, Invitation, User

INVITATION_LASTS = timedelta(days=7)


class InvitationNotValid(Exception):
    """The link is unknown, used, too old, or replaced by a later one."""


def invite(user: User, *, by: Actor, now: datetime) -> str:
    """Make the one link by which ``user`` may set a password; return its secret, kept nowhere."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Invitation.objects.filter(user=user, accepted_at=None).delete()
        Invitation.objects.create(
            user=user,
            digest=_digest(token),
            by=user_of(by),
            created_at=now,
            expires_at=now + INVITATION_LASTS,
        )
        audit(
            by,
            AuditAction.CREATE,
            now=now,
            subject_kind="invitation",
            subject=str(user.pk),
            brand=getattr(by, "brand", None),
        )
    return token


def invited_by(token: str, *, now: datetime) -> User:
    """Return the person whose link this is. Raises InvitationNotValid."""
    found = _open(token, now).select_related("user").first()
    if found is None:
        raise InvitationNotValid
    return found.user


def accept_invitation(token: str, *, name: str, password: str, now: datetime) -> User:
    """Set the person's name and password, and use up the link.

    Raises InvitationNotValid, and ValidationError for a password that is too weak.
    """
    with transaction.atomic():
        user = invited_by(token, now=now)
        user.name = name or user.name
        set_password(user, password=password, by=user, now=now)
        if not _open(token, now).update(accepted_at=now):
            raise InvitationNotValid
    return user


def set_password(user: User, *, password: str, by: Actor, now: datetime) -> None:
    """Set a person's password, and name if it changed. Raises ValidationError when too weak."""
    validate_password(password, user)
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["name", "password"])
        audit(
            by,
            AuditAction.CHANGE,
            now=now,
            subject_kind="staff",
            subject=str(user.pk),
            detail={"fields": ["password"]},
        )


def _open(token: str, now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        digest=_digest(token), accepted_at=None, expires_at__gt=now, user__is_active=True
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
