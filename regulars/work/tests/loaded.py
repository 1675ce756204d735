"""Everything loaded, nothing opened: the process from which the workers of the tests are forked."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
django.setup()
