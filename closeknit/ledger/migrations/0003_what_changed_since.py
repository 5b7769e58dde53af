"""What was learned or withdrawn since a moment is found without reading all that was said: reports ask it at each look back."""

from django.db import migrations

SUPERSEDED = "CREATE INDEX event_superseded ON ledger_event (superseded_at) WHERE superseded_at IS NOT NULL"
MADE = {
    # A block range index: a few bytes for each 32 pages, for what is received later lies later.
    "postgresql": (SUPERSEDED, "CREATE INDEX event_received ON ledger_event USING brin (received_at) WITH (pages_per_range = 32)"),
    "sqlite": (SUPERSEDED,),
}


def make(apps, schema_editor):
    for statement in MADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for name in ("event_received", "event_superseded"):
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_events_of_an_area")]

    operations = [migrations.RunPython(make, drop)]
