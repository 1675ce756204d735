"""``regulars user``: staff, from the machine the shop runs on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from rich.table import Table

from regulars.cli.brands import brand_asked
from regulars.cli.console import AsJson, Misused, Refused, answer, refusing, show
from regulars.cli.preparing import ensure_migrated
from regulars.organization.public import (
    Branch,
    BranchElsewhere,
    Brand,
    RoleName,
    User,
    invite,
    set_password,
    staff_list,
    take_on,
)

app = typer.Typer(no_args_is_help=True, help="Add people who may sign in, and say what they are.")


def _address(text: str) -> str:
    with refusing(ValidationError, by=Misused):
        validate_email(text)
    return text


def _language(code: str) -> str:
    known = [known for known, _ in settings.LANGUAGES]
    if code and code not in known:
        raise Misused(f"{code} is no language of the console: {', '.join(known)}.")
    return code


Email = Annotated[
    str,
    typer.Argument(callback=_address, help="The e-mail address the person signs in with."),
]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from stdin.")]


@app.command()
def add(
    email: Email,
    role: Annotated[RoleName, typer.Option(help="What the person is.")],
    brand: Annotated[str, typer.Option(help="Where; without it, at all brands.")] = "",
    branch: Annotated[str, typer.Option(help="Code of the branch; without it, at all.")] = "",
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    language: Annotated[str, typer.Option(callback=_language, help="en or zh-hans.")] = "",
    *,
    password_stdin: FromStdin = False,
    as_json: AsJson = False,
) -> None:
    """Add a person, or a role to a person; print the link by which they set a password.

    Example: `regulars user add dan@example.com --role owner --brand teahouse`
    """
    ensure_migrated()
    now = timezone.now()
    at_brand, at_branch = _place(brand, branch)
    secret = sys.stdin.readline().rstrip("\n") if password_stdin else ""
    with _refusing(), transaction.atomic():
        person, _ = take_on(
            email=email,
            name=name,
            language=language,
            role=role,
            brand=at_brand,
            branch=at_branch,
            by=None,
            now=now,
        )
        link = _password_or_link(person, secret, now=now)
    _tell(person, link, as_json=as_json, role=role.value, brand=brand or None)


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List who may sign in, and what they are where.

    Example: `regulars user list --json`
    """
    ensure_migrated()
    people = staff_list()
    if as_json:
        answer([_person(person) for person in people])
        return
    table = Table("e-mail", "name", "is", "signs in")
    for person in people:
        roles = "\n".join(str(role) for role in person.roles.all())
        table.add_row(person.email, person.name, roles, "yes" if _able(person) else "no")
    show(table)


@app.command()
def password(email: Email, *, password_stdin: FromStdin = False, as_json: AsJson = False) -> None:
    """Set a person's password from stdin, or print a link by which they set it themselves.

    Example: `echo correct-horse-battery | regulars user password dan@example.com --password-stdin`
    """
    ensure_migrated()
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise Refused(f"Nobody signs in as {email}. `regulars user list` shows who does.")
    secret = sys.stdin.readline().rstrip("\n") if password_stdin else ""
    now = timezone.now()
    with _refusing():
        link = _password_or_link(person, secret, now=now) if secret else _link(person, now)
    _tell(person, link, as_json=as_json)


def _place(brand: str, branch: str) -> tuple[Brand | None, Branch | None]:
    if branch and not brand:
        raise Misused("A branch belongs to a brand: add --brand.")
    at_brand = brand_asked(brand) if brand else None
    at_branch = Branch.objects.filter(brand=at_brand, code=branch).first() if branch else None
    if branch and at_branch is None:
        raise Refused(f"The brand {brand} has no branch {branch}.")
    return at_brand, at_branch


def _password_or_link(person: User, secret: str, *, now: datetime) -> str | None:
    if not secret:
        return None if person.has_usable_password() else _link(person, now)
    set_password(person, password=secret, by=None, now=now)
    return None


def _link(person: User, now: datetime) -> str:
    token = invite(person, by=None, now=now)
    return f"{settings.REGULARS_URL}{reverse('invitation', args=[token])}"


def _tell(person: User, link: str | None, *, as_json: bool, **more: str | None) -> None:
    if as_json:
        answer({"email": person.email, **more, "link": link})
    elif link:
        show(f"{person.email} sets a password here, once, within seven days:")
        show(link)
    else:
        show(f"{person.email} can sign in.")


def _person(user: User) -> dict[str, object]:
    roles = [
        {
            "role": role.name,
            "brand": role.brand.slug if role.brand else None,
            "branch": role.branch.code if role.branch else None,
        }
        for role in user.roles.all()
    ]
    return {"email": user.email, "name": user.name, "signs_in": _able(user), "roles": roles}


def _able(user: User) -> bool:
    return user.is_active and user.has_usable_password()


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        with refusing(BranchElsewhere):
            yield
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
