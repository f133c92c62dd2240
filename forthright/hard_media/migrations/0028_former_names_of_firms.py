"""How a firm was called before its name was put right, kept beside where it was written to.

Of what was put right before, only the address was another, so that the name stays empty.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep former names of firms."""

    dependencies = [("hard_media", "0027_taken_in_part")]

    operations = [
        migrations.AddField(
            model_name="formeraddress",
            name="firm",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
