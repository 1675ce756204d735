"""A browser without a screen: signs in, keeps its cookies, asks for pages."""

import http.client
import re
import socket
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit


class NotServed(Exception):
    """The server did not answer in time, or not with the page that was asked for."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Visitor:
    """One person at one address; connections are kept alive, as a browser does."""

    def __init__(self, address: str) -> None:
        self.where = urlsplit(address)
        self.session = 0  # of the processes that serve, where that is known
        self.cookies: dict[str, str] = {}
        self.line = http.client.HTTPConnection(self.where.netloc, timeout=60)

    def wait_until_served(self, *, seconds: float, running=lambda: True) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and running():
            try:
                if self.ask("/accounts/login/")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise NotServed(f"{self.where.geturl()} did not answer in {seconds:.0f} s.")

    def sign_in(self, email: str, password: str) -> None:
        _, page, _ = self.ask("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            raise NotServed("There is no form on the sign-in page.")
        form = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
        status, _, _ = self.ask("/accounts/login/", form=form)
        if status != 302:
            raise NotServed(f"Signing in answered {status}.")

    def page(self, path: str) -> str:
        """Return a page, following redirects on this site. Raises NotServed unless it is 200."""
        for _ in range(5):
            status, body, headers = self.ask(path)
            if status not in {301, 302}:
                break
            path = urlsplit(headers["location"]).path
        if status != 200:
            raise NotServed(f"{path} answered {status}.")
        return body

    def ask(self, path: str, *, form=None) -> tuple[int, str, dict[str, str]]:
        """Make one request; return status, body and headers."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"{self.where.geturl().rstrip('/')}{path}"
        try:
            self.line.request("POST" if form is not None else "GET", path, body, headers)
            answer = self.line.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.line.close()
            raise ConnectionError(str(error)) from error
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie = SimpleCookie(value)
                self.cookies.update({key: morsel.value for key, morsel in cookie.items()})
        return answer.status, text, {k.lower(): v for k, v in answer.getheaders()}
