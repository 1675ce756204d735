"""The real server with a real worker, and a real Chromium: one for all journeys, a brand each."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.prepared import prepared

REGULARS = [str(Path(sys.executable).with_name("regulars"))]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LANGUAGES = ("en", "zh-hans")
BRANDS = (
    "shop",
    *(f"{of}-{code}" for of in ("gifts", "segments", "overlap") for code in LANGUAGES),
)
OPEN = """
from django.utils import timezone
from regulars.organization.public import open_brand
for slug in {brands}:
    open_brand(slug=slug, name="Gifts & tea", timezone="Europe/London", currency="GBP",
               by=None, now=timezone.now())
"""
OWNER, PASSWORD = "dan@regulars.test", "a quiet cup of oolong"


@dataclass(frozen=True)
class Shop:
    """A running installation."""

    address: str
    folder: Path
    environment: dict[str, str]

    def regulars(self, *words: str, said: str = "") -> str:
        """Run a command of the installation and return what it printed."""
        done = subprocess.run(
            [*REGULARS, *words], env=self.environment, input=said, capture_output=True, text=True
        )
        assert done.returncode == 0, f"regulars {' '.join(words)}\n{done.stdout}{done.stderr}"
        return done.stdout


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def _wait_until_served(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The server did not answer:\n{log.read_text()}")


@contextmanager
def _served(shop: Shop) -> Iterator[None]:
    log = shop.folder / "serve.log"
    port = shop.address.rsplit(":", 1)[1]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*REGULARS, "serve", "--port", port],
            env=shop.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_served(shop.address, server, log)
            yield
        finally:
            server.terminate()
            server.wait(timeout=30)


@contextmanager
def opened(folder: Path) -> Iterator[Shop]:
    """Open a shop in a folder: its owner may sign in, its brands are empty."""
    port = _free_port()
    environment = prepared(folder / "data") | {"REGULARS_URL": f"http://127.0.0.1:{port}"}
    shop = Shop(f"http://127.0.0.1:{port}", folder, environment)
    shop.regulars("user", "add", OWNER, "--role", "owner", "--password-stdin", said=PASSWORD)
    shop.regulars("manage", "shell", "--command", OPEN.format(brands=BRANDS))
    with _served(shop):
        yield shop


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(tmp_path_factory.mktemp("shop")) as shop:
        yield shop


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "The journeys need Chromium: run bin/packages."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(chromium: Browser, shop: Shop, language: str) -> Iterator[Page]:
    locale = {"en": "en-GB", "zh-hans": "zh-CN"}[language]
    context = chromium.new_context(
        base_url=shop.address, locale=locale, viewport={"width": 1280, "height": 860}
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert not problems, f"The browser's console complains: {problems}"


@pytest.fixture
def signed_in(page: Page) -> Page:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(OWNER)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/b/**")
    return page
