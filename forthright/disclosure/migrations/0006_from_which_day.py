from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0005_held_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="limitedition",
            name="applies_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="limitedition",
            name="is_correction",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="courtdate",
            name="ordered_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="courtdate",
            name="is_correction",
            field=models.BooleanField(default=False),
        ),
    ]
