"""What was kept long enough goes."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from regulars.organization.duties import forget_daily
from regulars.organization.models import Invitation
from regulars.organization.public import AuditAction, AuditEntry, User, audit, invite
from tests.cast import SignIn


def test_addresses_go_after_ninety_days_and_entries_after_three_years(dan: User) -> None:
    now = timezone.now()
    ages = {"fresh": 1, "quarter": 91, "old": 3 * 365 + 1}
    for subject, days in ages.items():
        at = now - timedelta(days=days)
        audit(dan, AuditAction.VIEW, subject=subject, address="192.0.2.1", now=at)
    forget_daily()

    kept = AuditEntry.objects.order_by("pk").values_list("subject", "address")
    assert list(kept) == [("fresh", "192.0.2.1"), ("quarter", None)]


def test_links_and_sessions_past_their_time_go(dan: User, mia: User, sign_in: SignIn) -> None:
    now = timezone.now()
    invite(mia, by=dan, now=now - timedelta(days=8))
    invite(dan, by=None, now=now)
    sign_in(mia)
    Session.objects.update(expire_date=now - timedelta(seconds=1))
    sign_in(dan)
    forget_daily()

    assert Invitation.objects.get().user == dan
    assert Session.objects.count() == 1
