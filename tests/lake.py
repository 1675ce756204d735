"""A lake of its own for a test. Mirroring shows what is committed, so such tests commit."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def lake(transactional_db: None, settings: Any, tmp_path: Path) -> Path:
    """Give an empty lake; the test fills it with ``catch_up()``."""
    settings.REGULARS_DATA = tmp_path
    settings.REGULARS_LAKE = str(tmp_path / "lake")
    return tmp_path / "lake"
