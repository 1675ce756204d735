"""The fixed cast: who appears in tests, seed data, documents and pictures.

Dan owns the teahouse; with him work Mia (marketer), Ana (analyst), Sam (service) and Ben, who
manages its Soho branch. Rosa owns the bakery, and must never see anything of the teahouse.
"""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import translation

from regulars.organization.public import Branch, Brand, Role, RoleName, User

SignIn = Callable[[User], Client]
PASSWORD = "a-long-password-nobody-else-has"


def make_brand(
    *, slug: str = "shop", name: str = "", timezone: str = "UTC", currency: str = "EUR"
) -> Brand:
    return Brand.objects.create(
        slug=slug, name=name or slug.title(), timezone=timezone, currency=currency
    )


def make_branch(*, brand: Brand, code: str = "main", name: str = "", city: str = "") -> Branch:
    return Branch.objects.create(brand=brand, code=code, name=name or code.title(), city=city)


def make_staff(
    *,
    email: str,
    role: RoleName | None = RoleName.OWNER,
    brand: Brand | None = None,
    branch: Branch | None = None,
    name: str = "",
    password: str | None = None,
) -> User:
    """Make a member of staff; without a brand the role is for all brands, without role for none."""
    user = User.objects.create_user(email, password, name=name)
    if role is not None:
        Role.objects.create(user=user, name=role, brand=brand, branch=branch)
    return user


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Store passwords without the work that protects real ones."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def spoken_to_in_english() -> None:
    """Begin in English, whatever language the page before was asked for in."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def teahouse(db: None) -> Brand:
    return make_brand(
        slug="teahouse", name="Teahouse 茶舍", timezone="Europe/London", currency="GBP"
    )


@pytest.fixture
def bakery(db: None) -> Brand:
    return make_brand(slug="bakery", name="Bakery", timezone="Europe/Paris", currency="EUR")


@pytest.fixture
def soho(teahouse: Brand) -> Branch:
    return make_branch(brand=teahouse, code="soho", city="London")


@pytest.fixture
def camden(teahouse: Brand) -> Branch:
    return make_branch(brand=teahouse, code="camden", city="London")


@pytest.fixture
def dan(teahouse: Brand) -> User:
    """Owner of the teahouse."""
    return make_staff(email="dan@regulars.test", name="Dan Nowak", brand=teahouse)


@pytest.fixture
def mia(teahouse: Brand) -> User:
    """Marketer of the teahouse."""
    return make_staff(
        email="mia@regulars.test", name="Mia Stone", role=RoleName.MARKETER, brand=teahouse
    )


@pytest.fixture
def ana(teahouse: Brand) -> User:
    """Analyst of the teahouse: counts, never names."""
    return make_staff(
        email="ana@regulars.test", name="Ana Petrov", role=RoleName.ANALYST, brand=teahouse
    )


@pytest.fixture
def sam(teahouse: Brand) -> User:
    """Service agent of the teahouse."""
    return make_staff(
        email="sam@regulars.test", name="Sam Okoye", role=RoleName.SERVICE, brand=teahouse
    )


@pytest.fixture
def ben(teahouse: Brand, soho: Branch) -> User:
    """Manager of the teahouse's Soho branch."""
    return make_staff(
        email="ben@regulars.test",
        name="Ben Adler",
        role=RoleName.BRANCH_MANAGER,
        brand=teahouse,
        branch=soho,
    )


@pytest.fixture
def rosa(bakery: Brand) -> User:
    """Owner of the bakery, nobody at the teahouse."""
    return make_staff(email="rosa@regulars.test", name="Rosa Blum", brand=bakery)


@pytest.fixture
def staff(dan: User, mia: User, ana: User, sam: User, ben: User) -> dict[RoleName, User]:
    """One member of the teahouse's staff for each role."""
    return dict(zip(RoleName, (dan, mia, ana, sam, ben), strict=True))


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """Give a browser in which the person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
