from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("hard_media", "0009_whom_a_disc_went_to"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="unknown_because",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
