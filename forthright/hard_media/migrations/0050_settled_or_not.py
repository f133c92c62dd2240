from django.db import migrations, models


class Migration(migrations.Migration):
    """Each answer says whether it waits still; those of before ended the wait."""

    dependencies = [("hard_media", "0049_asked_back")]

    operations = [
        migrations.AddField(
            model_name="askedback",
            name="is_settled",
            field=models.BooleanField(default=True, verbose_name="nobody needs to ask any more"),
            preserve_default=False,
        ),
    ]
