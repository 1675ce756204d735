"""The table of the cache that all processes share."""

from django.core.management import call_command
from django.db import migrations

TABLE = "organization_cache"


def create(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("organization", "0004_two_factor_and_invitation")]
    operations = [migrations.RunPython(create, drop)]
