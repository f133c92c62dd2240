import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("hard_media", "0012_days_closed_and_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="cutcopy",
            name="of",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hard_media.cutcopy"),
        ),
        migrations.AlterField(
            model_name="sharereceipt",
            name="what",
            field=models.CharField(choices=[("OPENED", "Opened"), ("WATCHED", "Played"), ("FETCHED", "All bytes were fetched while playing"), ("TAKEN_OUT", "Taken out")], max_length=10),
        ),
    ]
