"""Where the processes begin that ``regulars serve`` keeps running: ``python -m`` this module.

They skip the command line's own machinery, and so are up a second sooner.
"""

import json
import os
import sys
from typing import Any

import django

from regulars.cli.offspring import HOPELESS
from regulars.cli.parent import end_with_parent
from regulars.cli.saying import Refused, say
from regulars.config.env import BadSetting

KINDNESS = 5  # of the worker: pages go first where both want the processor


def main(role: str, terms: str) -> None:
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
    if role == "worker":
        os.nice(KINDNESS)
    try:
        django.setup()
        _play(role, **json.loads(terms))
    except (BadSetting, Refused) as error:
        say(f"regulars: {error}")
        sys.exit(HOPELESS)


def _play(role: str, **terms: Any) -> None:
    from regulars.cli.preparing import ensure_migrated

    ensure_migrated()
    if role == "web":
        from regulars.cli.web import serve_web

        serve_web(**terms)
    else:
        from regulars.cli.work_loop import work

        work(**terms)


if __name__ == "__main__":
    main(*sys.argv[1:])
