from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("schemes", "0002_open_by_step")]

    operations = [
        migrations.AddField(
            model_name="calendarspan",
            name="added",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="closedday",
            name="is_foretold",
            field=models.BooleanField(default=False),
        ),
    ]
