"""What a data folder remembers of its demo."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Demo:
    """How to sign in to the demo, so that a restart makes no second one."""

    password: str
    until: str
    owner: str = ""

    @property
    def ready(self) -> bool:
        return bool(self.owner)


def remembered(path: Path) -> Demo | None:
    return Demo(**json.loads(path.read_text("utf-8"))) if path.exists() else None


def remember(path: Path, demo: Demo) -> None:
    """Write it down, in a step that happens or not: a killed demo is taken up where it stood."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f"{path.name}.{os.getpid()}")
    written.touch(mode=0o600)
    written.write_text(json.dumps(asdict(demo), indent=1) + "\n", "utf-8")
    written.replace(path)
