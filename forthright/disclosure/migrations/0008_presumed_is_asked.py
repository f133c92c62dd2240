"""Whether an item is presumed to be disclosed is asked of its words each time, by today's list.

What was kept when it came fell behind as more kinds became known; what a service counted stays.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0007_ruled_on"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="item",
            name="is_presumed",
        ),
    ]
