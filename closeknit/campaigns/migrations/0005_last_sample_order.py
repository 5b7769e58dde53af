"""The last sample keeps its event's whole order, so that a new one is compared with it without reading the ledger."""

from django.db import migrations, models

FILLED = """
UPDATE campaigns_lastsample SET
  received_at = COALESCE((SELECT received_at FROM ledger_event WHERE ledger_event.id = campaigns_lastsample.event), at),
  seq = COALESCE((SELECT seq FROM ledger_event WHERE ledger_event.id = campaigns_lastsample.event), 0)
"""


class Migration(migrations.Migration):
    atomic = True

    dependencies = [
        ("campaigns", "0004_reach_word"),
        ("ledger", "0002_events_of_an_area"),
    ]

    operations = [
        migrations.AddField("lastsample", "received_at", models.DateTimeField(null=True)),
        migrations.AddField("lastsample", "seq", models.BigIntegerField(null=True)),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.AlterField("lastsample", "received_at", models.DateTimeField()),
        migrations.AlterField("lastsample", "seq", models.BigIntegerField()),
    ]
