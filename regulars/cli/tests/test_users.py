"""``regulars user``."""

import json

import pytest
from typer.testing import CliRunner, Result

from regulars.cli.console import Refused
from regulars.cli.users import app
from regulars.organization.public import Branch, Brand, RoleName, User
from tests.cast import PASSWORD


def run(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=stdin)


def refusal(*words: str, stdin: str = "") -> str:
    result = run(*words, stdin=stdin)
    assert isinstance(result.exception, Refused)
    return str(result.exception)


@pytest.mark.usefixtures("db")
def test_a_weak_password_adds_nobody() -> None:
    refusal("add", "a@b.test", "--role", "owner", "--password-stdin", stdin="12345678\n")
    assert not User.objects.exists()


@pytest.mark.usefixtures("db")
def test_the_first_owner_is_added_with_a_password_from_stdin() -> None:
    result = run("add", "Dan@regulars.test", "--role", "owner", "--password-stdin", stdin=PASSWORD)

    assert result.exit_code == 0, result.output
    dan = User.objects.get(email="dan@regulars.test")
    assert dan.check_password(PASSWORD)
    assert [(role.name, role.brand) for role in dan.roles.all()] == [(RoleName.OWNER, None)]


def test_without_a_password_there_is_a_link(soho: Branch) -> None:
    words = ["--role", "branch_manager", "--brand", "teahouse", "--branch", "soho", "--json"]
    result = run("add", "ben@regulars.test", *words)

    told = json.loads(result.stdout)
    assert told["link"].startswith("http://127.0.0.1:8000/accounts/invitation/")
    assert User.objects.get().roles.get().branch == soho


def test_a_place_that_is_not_there_is_refused_and_nobody_added(teahouse: Brand) -> None:
    assert "no brand nowhere" in refusal("add", "a@b.test", "--role", "owner", "--brand", "nowhere")
    assert "no branch moon" in refusal(
        "add", "a@b.test", "--role", "service", "--brand", "teahouse", "--branch", "moon"
    )
    assert "add --brand" in refusal("add", "a@b.test", "--role", "service", "--branch", "soho")
    assert not User.objects.exists()


def test_a_weak_password_is_refused(dan: User) -> None:
    said = refusal("password", dan.email, "--password-stdin", stdin="12345678\n")
    assert "too common" in said
    dan.refresh_from_db()
    assert not dan.has_usable_password()


def test_a_forgotten_password_has_a_link(dan: User) -> None:
    dan.set_password(PASSWORD)
    dan.save()
    assert json.loads(run("password", dan.email, "--json").stdout)["link"]


def test_staff_are_listed_with_their_places(ben: User, rosa: User) -> None:
    people = json.loads(run("list", "--json").stdout)

    assert people[0]["roles"] == [
        {"role": "branch_manager", "brand": "teahouse", "branch": "soho"},
    ]
    assert [person["signs_in"] for person in people] == [False, False]
    assert "Rosa Blum" in run("list").stdout
