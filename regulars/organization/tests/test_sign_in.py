"""Signing in, being refused, and what is written down of it."""

import multiprocessing
from collections.abc import Iterator

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regulars.organization.public import AuditAction, AuditEntry, Brand, User, invite
from tests.cast import PASSWORD

LOGIN, INSIDE = "/accounts/login/", "/accounts/2fa/"


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def dan(dan: User) -> User:
    dan.set_password(PASSWORD)
    dan.save()
    return dan


def try_to_sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post(f"{LOGIN}?next={INSIDE}", {"login": email, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def actions(user: User | None = None) -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def code_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_the_right_password_opens(client: Client, dan: User) -> None:
    response = try_to_sign_in(client, "Dan@Regulars.test")

    assert (response.status_code, response["Location"]) == (302, INSIDE)
    entry = AuditEntry.objects.get()
    assert (entry.user, entry.action, entry.address) == (dan, AuditAction.SIGN_IN, "127.0.0.1")


def test_a_wrong_password_is_refused_and_written_down(client: Client, dan: User) -> None:
    response = try_to_sign_in(client, dan.email, "a-guess")

    assert response.status_code == 422
    assert not signed_in(client)
    entry = AuditEntry.objects.get()
    assert (entry.user, entry.action) == (dan, AuditAction.SIGN_IN_REFUSED)
    assert entry.detail == {"reason": "wrong password"}


def test_of_a_stranger_only_a_masked_address_is_kept(client: Client, db: None) -> None:
    try_to_sign_in(client, "stranger@example.com")

    entry = AuditEntry.objects.get()
    assert (entry.user, entry.subject) == (None, "s•••@example.com")


def test_a_stranger_and_a_wrong_password_read_the_same(client: Client, dan: User) -> None:
    known = try_to_sign_in(client, dan.email, "a-guess")
    unknown = try_to_sign_in(client, "not@regulars.test", "a-guess")

    assert [known.context["form"].errors] == [unknown.context["form"].errors]


def test_a_dismissed_person_is_refused(client: Client, dan: User) -> None:
    User.objects.filter(pk=dan.pk).update(is_active=False)
    response = try_to_sign_in(client, dan.email)

    assert response["Location"] == "/accounts/inactive/"
    assert not signed_in(client)
    assert AuditEntry.objects.get().detail == {"reason": "dismissed"}


def test_dismissal_ends_open_sessions_at_once(client: Client, dan: User) -> None:
    client.force_login(dan)
    User.objects.filter(pk=dan.pk).update(is_active=False)

    assert client.get(INSIDE)["Location"] == f"{LOGIN}?next={INSIDE}"


def test_signing_out_takes_a_post_and_is_written_down(client: Client, dan: User) -> None:
    client.force_login(dan)
    client.get("/accounts/logout/")
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)
    assert actions() == [AuditAction.SIGN_OUT]


def test_signing_in_begins_a_new_session(client: Client, dan: User) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["session"] = planted
    try_to_sign_in(client, dan.email)

    assert signed_in(client)
    assert client.session.session_key != planted


def test_a_foreign_form_is_refused(dan: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert try_to_sign_in(client, dan.email).status_code == 403
    assert not signed_in(client)


def test_guessing_is_slowed_down_even_with_the_right_password_at_last(
    client: Client, dan: User
) -> None:
    for guess in range(5):
        try_to_sign_in(client, dan.email, f"guess-{guess}")
    response = try_to_sign_in(client, dan.email)

    assert response.status_code == 422
    assert not signed_in(client)
    assert AuditEntry.objects.latest("pk").detail == {"reason": "too many attempts"}


def test_a_new_address_of_the_guesser_does_not_help(dan: User) -> None:
    for guess in range(5):
        other = Client(REMOTE_ADDR=f"10.0.0.{guess}", headers={"x-forwarded-for": f"1.1.1.{guess}"})
        try_to_sign_in(other, dan.email, f"guess-{guess}")

    assert try_to_sign_in(Client(REMOTE_ADDR="10.9.9.9"), dan.email).status_code == 422


def test_a_forged_proxy_header_does_not_change_the_address(client: Client, dan: User) -> None:
    forged = {"x-forwarded-for": "203.0.113.9"}
    client.post(LOGIN, {"login": dan.email, "password": "a-guess"}, headers=forged)
    assert AuditEntry.objects.get().address == "127.0.0.1"


def guess_in_a_process(email: str, guesses: int) -> None:
    for _ in range(guesses):
        try_to_sign_in(Client(), email, "a-guess")
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_processes_count_guesses_together(dan: User, monkeypatch: pytest.MonkeyPatch) -> None:
    # Who waits too long for the counter is turned away unheard, which a busy machine provokes.
    monkeypatch.setattr(ratelimit, "CACHE_LOCK_WAIT_TIMEOUT", 60)
    forking = multiprocessing.get_context("fork")
    processes = [forking.Process(target=guess_in_a_process, args=(dan.email, 4)) for _ in range(4)]
    connections.close_all()
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    reasons = list(AuditEntry.objects.values_list("detail__reason", flat=True))
    assert len(reasons) == 16
    assert reasons.count("wrong password") == 5
    assert try_to_sign_in(Client(), dan.email).status_code == 422


def test_a_second_factor_is_asked_and_its_secret_is_not_stored_in_the_clear(
    client: Client, dan: User
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(dan, secret)
    assert secret not in str(Authenticator.objects.values_list("data", flat=True).get())

    response = try_to_sign_in(client, dan.email)
    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert not signed_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 422
    assert not signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert signed_in(client)
    assert actions() == [AuditAction.SIGN_IN_REFUSED, AuditAction.SIGN_IN]


def test_a_code_works_once(client: Client, dan: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(dan, secret)
    code = code_now(secret)
    for browser in (client, Client()):
        try_to_sign_in(browser, dan.email)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        assert signed_in(browser) == (browser is client)


def test_a_recovery_code_opens_once(client: Client, dan: User) -> None:
    TOTP.activate(dan, generate_totp_secret())
    code = RecoveryCodes.activate(dan).get_unused_codes()[0]
    for browser in (client, Client()):
        try_to_sign_in(browser, dan.email)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        assert signed_in(browser) == (browser is client)


def test_setting_up_a_second_factor_takes_the_password_again(client: Client, dan: User) -> None:
    client.force_login(dan)
    response = client.get("/accounts/2fa/totp/activate/")
    assert response["Location"].startswith("/accounts/reauthenticate/")


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert client.post("/accounts/signup/", {"email": "a@b.test"}).status_code == 404
    assert not User.objects.exists()


def test_forgotten_passwords_are_set_anew_by_letter(client: Client, dan: User) -> None:
    client.post("/accounts/password/reset/", {"email": dan.email})
    letter = mail.outbox[0]
    assert letter.to == [dan.email]
    link = next(word for word in letter.body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    new = {"password1": "a-new-password-9", "password2": "a-new-password-9"}
    client.post(form.request["PATH_INFO"], new)

    dan.refresh_from_db()
    assert dan.check_password("a-new-password-9")
    assert AuditEntry.objects.get().detail == {"fields": ["password"]}


def test_asking_for_a_letter_tells_nobody_who_has_an_account(client: Client, dan: User) -> None:
    known = client.post("/accounts/password/reset/", {"email": dan.email})
    unknown = client.post("/accounts/password/reset/", {"email": "not@regulars.test"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [[dan.email]]


def test_an_invitation_page_sets_the_password_and_signs_in(
    client: Client, mia: User, dan: User
) -> None:
    url = reverse("invitation", args=[invite(mia, by=dan, now=timezone.now())])
    assert client.get(url).status_code == 200
    weak = client.post(url, {"name": "Mia", "password": "password"})
    assert weak.status_code == 422
    assert "Mia" in weak.content.decode()
    done = client.post(f"{url}?next={INSIDE}", {"name": "Mia", "password": PASSWORD})
    assert done.status_code == 302
    assert signed_in(client)
    assert Client().get(url).status_code == 410


def test_where_a_second_factor_is_required_nothing_opens_without(
    client: Client, dan: User, teahouse: Brand
) -> None:
    Brand.objects.update(two_factor_for="owners")
    client.force_login(dan)
    url = reverse("organization:branches", args=["teahouse"])
    assert client.get(url)["Location"] == "/accounts/2fa/totp/activate/"
    TOTP.activate(dan, generate_totp_secret())
    assert client.get(url).status_code == 200


def test_a_required_second_factor_stays(client: Client, dan: User, teahouse: Brand) -> None:
    Brand.objects.update(two_factor_for="owners")
    TOTP.activate(dan, generate_totp_secret())
    try_to_sign_in(client, dan.email)
    client.force_login(dan)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=dan).exists()


def test_the_way_back_stays_on_this_site(client: Client, dan: User) -> None:
    answer = client.post(
        f"{LOGIN}?next=https://evil.example/", {"login": dan.email, "password": PASSWORD}
    )
    assert "evil.example" not in answer["Location"]
