from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('paper', '0002_pageuse_residentcard_resulttries'),
    ]

    operations = [
        migrations.AddField(
            model_name='residentcard',
            name='entrance',
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
