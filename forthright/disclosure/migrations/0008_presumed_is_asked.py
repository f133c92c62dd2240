"""Whether an item is presumed is asked of its words each time; and what is a hold says so.

What was kept of the first when an item came fell behind as more kinds became known; what a service
counted stays. A hold wrote its query and its event at one moment, so each is known by the other.
"""

from typing import Any

from django.db import migrations, models


def mark_holds(apps: Any, _: Any) -> None:
    """Mark the queries that were written because the words of an item were held back."""
    written = apps.get_model("disclosure", "Endorsement").objects.filter(code="Q")
    for event in apps.get_model("audit", "Event").objects.filter(name="item.held_back").iterator():
        written.filter(made_at=event.at, made_by=event.by_id).update(is_hold=True)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_every_lock"),
        ("disclosure", "0007_rulings_and_ways_of_service"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="item",
            name="is_presumed",
        ),
        migrations.AddField(
            model_name="endorsement",
            name="is_hold",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_holds, migrations.RunPython.noop),
    ]
