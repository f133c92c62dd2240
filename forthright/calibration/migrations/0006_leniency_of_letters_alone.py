from django.db import migrations
from django.utils import timezone


def ask_for_leniency(apps, schema_editor):
    """Have leniency worked out anew from letters alone.

    Until it is, the newest would be of disclosures too, which are marked by another standard.
    """
    runs, jobs = apps.get_model("calibration", "LeniencyRun"), apps.get_model("web", "Job")
    for area in sorted(set(runs.objects.order_by().values_list("area", flat=True))):
        jobs.objects.get_or_create(
            key=f"leniency of letters alone, Area {area}",
            defaults={
                "name": "calibration.leniency", "area_id": area, "asked_at": timezone.now(),
            },
        )


class Migration(migrations.Migration):

    dependencies = [
        ("calibration", "0005_letters_of_rounds_behind_changes"),
        ("web", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(ask_for_leniency, migrations.RunPython.noop, elidable=True),
    ]
