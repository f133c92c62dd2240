"""Keep of each item what it was when it first came, and of a decision what it is beside a service."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def follow_back(apps: Any, _editor: Any) -> None:
    """Fill in what each item was when it first came, the oldest first."""
    items = apps.get_model("disclosure", "Item").objects
    origin: dict[int, int] = {}
    for pk, before in items.exclude(before=None).order_by("pk").values_list("pk", "before"):
        origin[pk] = origin.get(before, before)
        items.filter(pk=pk).update(origin=origin[pk])


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0032_of_which_version")]

    operations = [
        migrations.AddField(
            model_name="endorsement",
            name="since_served",
            field=models.CharField(
                blank=True,
                choices=[
                    ("SAME", "The defence has it: it was served in other words, and does not go again."),
                    (
                        "MORE",
                        "It was served in other words, and there is more in it: it goes again.",
                    ),
                    (
                        "OTHER",
                        "It is another thing than what was served before it was written otherwise.",
                    ),
                ],
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="origin",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="disclosure.item",
            ),
        ),
        migrations.RunPython(follow_back, migrations.RunPython.noop, elidable=True),
    ]
