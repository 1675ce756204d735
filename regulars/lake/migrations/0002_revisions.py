from django.db import migrations

POSTGRESQL = """
CREATE SEQUENCE lake_revision;
SELECT nextval('lake_revision');
CREATE FUNCTION lake_next_revision() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    below bigint;
BEGIN
    -- A number not above the one to come, held until the transaction ends: see lake/revisions.py.
    -- The first such lock lies below all numbers the transaction takes later, so one is enough, and
    -- a transaction of many changes does not fill the server's table of locks. Rolling back to a
    -- savepoint releases the lock and undoes the setting together.
    IF coalesce(current_setting('regulars.revision_held', true), '') = '' THEN
        SELECT last_value INTO below FROM lake_revision;
        PERFORM pg_advisory_xact_lock_shared((x'5247'::bigint << 48) | below);
        PERFORM set_config('regulars.revision_held', below::text, true);
    END IF;
    RETURN nextval('lake_revision');
END $$;
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION lake_next_revision(); DROP SEQUENCE lake_revision")


class Migration(migrations.Migration):
    dependencies = [("lake", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
