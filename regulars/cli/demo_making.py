"""Make the demo of a data folder, or finish one that was begun."""

import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from regulars.cli.demo_memory import Demo, remember, remembered
from regulars.cli.preparing import ensure_migrated
from regulars.cli.saying import Refused, say
from regulars.organization.public import Brand
from regulars.simulate.public import make_demo


def finished(path: Path) -> Demo:
    """Return the demo that is remembered there, made or finished. Raises Refused."""
    ensure_migrated()
    found = remembered(path)
    if found is None and Brand.objects.exists():
        raise Refused(
            f"There is a shop in {path.parent} already. Name another folder for the demo, "
            "as in REGULARS_DATA=/tmp/demo regulars demo."
        )
    begun = found or Demo(password=_password(), until=timezone.now().isoformat())
    remember(path, begun)
    until = datetime.fromisoformat(begun.until)
    ready = replace(begun, owner=make_demo(password=begun.password, until=until, say=say))
    remember(path, ready)
    return ready


def _password() -> str:
    """Make a password that can be read out: three groups of letters and digits."""
    plain = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(plain) for _ in range(4)) for _ in range(3))
