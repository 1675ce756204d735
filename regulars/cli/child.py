"""Where the processes begin that ``regulars serve`` keeps running: ``python -m`` this module.

They skip the command line's own machinery, and so are up a second sooner.
"""

import json
import os
import sys

import django

from regulars.cli.parent import end_with_parent


def main(role: str, terms: str) -> None:
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
    django.setup()
    if role == "web":
        from regulars.cli.web import serve_web

        serve_web(**json.loads(terms))
    else:
        from regulars.cli.work_loop import work

        work(**json.loads(terms))


if __name__ == "__main__":
    main(*sys.argv[1:])
