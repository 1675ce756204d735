"""The link by which a person sets a password."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from regulars.organization.invitations import accept_invitation
from regulars.organization.models import Invitation
from regulars.organization.public import InvitationNotValid, User, invite
from tests.cast import PASSWORD

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_a_link_sets_a_password_once(mia: User, dan: User) -> None:
    token = invite(mia, by=dan, now=NOW)
    accept_invitation(token, name="Mia S.", password=PASSWORD, now=NOW)

    mia.refresh_from_db()
    assert mia.check_password(PASSWORD)
    assert mia.name == "Mia S."
    with pytest.raises(InvitationNotValid):
        accept_invitation(token, name="", password="another-password-8", now=NOW)
    mia.refresh_from_db()
    assert mia.check_password(PASSWORD)


def test_a_link_ends_after_seven_days(mia: User, dan: User) -> None:
    token = invite(mia, by=dan, now=NOW)

    with pytest.raises(InvitationNotValid):
        accept_invitation(token, name="", password=PASSWORD, now=NOW + timedelta(days=7))


def test_a_later_link_replaces_an_earlier(mia: User, dan: User) -> None:
    early = invite(mia, by=dan, now=NOW)
    late = invite(mia, by=dan, now=NOW)

    with pytest.raises(InvitationNotValid):
        accept_invitation(early, name="", password=PASSWORD, now=NOW)
    assert accept_invitation(late, name="", password=PASSWORD, now=NOW) == mia


def test_a_dismissed_person_has_no_link(mia: User, dan: User) -> None:
    token = invite(mia, by=dan, now=NOW)
    User.objects.filter(pk=mia.pk).update(is_active=False)

    with pytest.raises(InvitationNotValid):
        accept_invitation(token, name="", password=PASSWORD, now=NOW)


def test_a_weak_password_leaves_the_link_good(mia: User, dan: User) -> None:
    token = invite(mia, by=dan, now=NOW)

    with pytest.raises(ValidationError):
        accept_invitation(token, name="", password="password", now=NOW)
    mia.refresh_from_db()
    assert not mia.has_usable_password()
    assert accept_invitation(token, name="", password=PASSWORD, now=NOW) == mia


def test_the_secret_is_not_kept(mia: User, dan: User) -> None:
    token = invite(mia, by=dan, now=NOW)

    assert token not in str(Invitation.objects.values_list().get())
