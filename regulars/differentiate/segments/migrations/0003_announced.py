from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("segments", "0002_lists_replaced_and_removed")]

    operations = [
        migrations.AddField("membership", "announced", models.BinaryField(null=True)),
        migrations.RunSQL(
            "UPDATE segments_membership SET announced = bitmap", migrations.RunSQL.noop
        ),
    ]
