"""Turn REGULARS_EMAIL_URL into Django's description of a way to send e-mail."""

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from regulars.config.env import BadSetting

BACKENDS = "django.core.mail.backends"


@dataclass(frozen=True, kw_only=True)
class Mail:
    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    start_tls: bool = False
    tls: bool = False
    folder: str | None = None


def mail(url: str) -> Mail:
    """Describe where e-mail goes. Raises BadSetting with examples of what would do."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return Mail(backend=f"{BACKENDS}.console.EmailBackend")
    if parts.scheme == "file" and parts.path:
        return Mail(backend=f"{BACKENDS}.filebased.EmailBackend", folder=unquote(parts.path))
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return _smtp(parts)
    raise BadSetting(
        "REGULARS_EMAIL_URL must look like smtp://user:password@host:587, "
        "smtps://user:password@host:465, file:///folder or console:"
    )


def _smtp(parts: SplitResult) -> Mail:
    tls = parts.scheme == "smtps"
    plain = parse_qs(parts.query).get("tls") == ["no"]
    return Mail(
        backend=f"{BACKENDS}.smtp.EmailBackend",
        host=parts.hostname or "",
        port=parts.port or (465 if tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        start_tls=not tls and not plain,
        tls=tls,
    )
