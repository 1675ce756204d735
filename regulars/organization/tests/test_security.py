"""What answers tell the browser about trust."""

import json
import os
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from django.test import Client

from regulars.organization.public import User
from tests.cast import PASSWORD

PAGES = ["/accounts/login/", "/nowhere/", "/accounts/invitation/none/"]


@pytest.mark.parametrize("url", PAGES)
def test_every_answer_allows_only_what_the_server_sent(client: Client, db: None, url: str) -> None:
    headers = client.get(url).headers

    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_what_no_database_can_keep_is_not_understood(client: Client, db: None) -> None:
    login = "/accounts/login/"
    assert client.get(login, {"next": "/\0"}).status_code == 400
    told = urlencode({"login": "dan\0", "password": "x"})
    written = "application/x-www-form-urlencoded"
    assert client.post(login, told, content_type=written).status_code == 400


def test_cookies_are_kept_from_scripts_and_other_sites(client: Client, dan: User) -> None:
    dan.set_password(PASSWORD)
    dan.save()
    client.get("/accounts/login/")
    client.post("/accounts/login/?next=/", {"login": dan.email, "password": PASSWORD})
    for name in ("session", "csrf"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_over_https_cookies_are_bound_to_it_and_browsers_told_to_stay() -> None:
    names = (
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "SECURE_HSTS_SECONDS",
        "SECURE_PROXY_SSL_HEADER",
    )
    script = (
        "import json; from regulars.config import settings as s; "
        f"print(json.dumps([getattr(s, name) for name in {names!r}]))"
    )
    environment = {**os.environ, "REGULARS_URL": "https://crm.example.com", "REGULARS_PROXIES": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True, text=True
    )
    assert json.loads(done.stdout) == [
        True,
        True,
        "__Host-session",
        365 * 24 * 3600,
        ["HTTP_X_FORWARDED_PROTO", "https"],
    ]


def test_people_read_their_own_language_unless_the_browser_chose(client: Client, dan: User) -> None:
    User.objects.update(language="zh-hans")
    client.force_login(dan)
    assert client.get("/accounts/2fa/")["Content-Language"] == "zh-hans"
    client.cookies["django_language"] = "en"
    assert client.get("/accounts/2fa/")["Content-Language"] == "en"
