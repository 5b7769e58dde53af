from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [migrations.AddField("problem", "after_closing", models.BooleanField(default=False))]
