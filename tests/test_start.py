"""Starting must be quick: a restart of the demo is to take less than five seconds."""

import subprocess
import sys

LOADED = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "regulars.config.settings"
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from regulars.cli import main
main.commands()
print(*sorted({"pandas", "pyarrow.dataset", "sklearn", "pyspark"} & set(sys.modules)))
"""


def test_a_start_loads_nothing_heavy_that_it_does_not_need():
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert not done.stdout.strip(), (
        f"Import these where they are used, for they cost a second: {done.stdout}"
    )
