"""Starting must be quick: a restart of the demo is to take less than five seconds."""

import os
import subprocess
import sys

LOADED = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "regulars.config.settings"
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import regulars.cli.web, regulars.cli.work_loop
heavy = {"ibis", "pandas", "psycopg", "pyarrow.dataset", "pyspark", "scipy", "sklearn"}
print(*sorted(heavy & set(sys.modules)))
"""


LISTED = """
import sys
sys.argv[1:] = ["--help"]
from regulars.cli.main import main
try:
    main()
except SystemExit:
    print("LOADED", *sorted({"django.db.models", "pyarrow"} & set(sys.modules)))
"""


def test_a_start_loads_nothing_heavy_that_it_does_not_need():
    on_sqlite = os.environ | {"DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, env=on_sqlite
    )
    assert not done.stdout.strip(), (
        f"Import these where they are used, for they cost a second: {done.stdout}"
    )


def test_the_list_of_commands_is_shown_without_loading_any():
    done = subprocess.run(
        [sys.executable, "-c", LISTED], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("LOADED\n"), done.stdout[-200:]
