from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("hard_media", "0014_told_and_astray"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="named_because",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
