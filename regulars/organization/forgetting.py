"""Let go of what was kept long enough, as docs/data_retention.yaml says."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from regulars.organization.models import AuditEntry, Invitation

AUDIT_KEPT = timedelta(days=3 * 365)
ADDRESSES_KEPT = timedelta(days=90)


def forget(*, now: datetime) -> None:
    """Delete sessions and invitations past their time, old audit entries, and old addresses."""
    Session.objects.filter(expire_date__lt=now).delete()
    Invitation.objects.filter(expires_at__lt=now).delete()
    AuditEntry.objects.filter(at__lt=now - AUDIT_KEPT).delete()
    old = AuditEntry.objects.filter(at__lt=now - ADDRESSES_KEPT, address__isnull=False)
    old.update(address=None)
