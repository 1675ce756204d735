from django.db import migrations

POSTGRESQL = """
CREATE SEQUENCE lake_revision;
SELECT nextval('lake_revision');
CREATE FUNCTION lake_next_revision() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    below bigint;
BEGIN
    -- A number not above the one to come, held until the transaction ends: see lake/revisions.py.
    SELECT last_value INTO below FROM lake_revision;
    PERFORM pg_advisory_xact_lock_shared((x'5247'::bigint << 48) | below);
    RETURN nextval('lake_revision');
END $$;
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        schema_editor.execute("INSERT INTO lake_revision_counter (revision) VALUES (1)")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION lake_next_revision(); DROP SEQUENCE lake_revision")


class Migration(migrations.Migration):
    dependencies = [("lake", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
