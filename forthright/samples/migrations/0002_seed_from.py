"""Says of each draw what chose its seed: the product, a person, or the demonstration."""

from typing import Any

from django.db import migrations, models


def keep_what_was_said(apps: Any, _: Any) -> None:
    """Carry over which seeds a person gave."""
    draws = apps.get_model("samples", "Draw").objects.filter(seed_was_given=True)
    draws.update(seed_from="PERSON")


class Migration(migrations.Migration):
    dependencies = [("samples", "0001_initial")]

    operations = [
        migrations.AddField(
            "draw",
            "seed_from",
            models.CharField(
                max_length=10,
                choices=[
                    ("PRODUCT", "The product’s own random numbers"),
                    ("PERSON", "A person"),
                    ("DEMO", "The demonstration"),
                ],
                default="PRODUCT",
            ),
        ),
        migrations.RunPython(keep_what_was_said, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("draw", "seed_was_given"),
    ]
