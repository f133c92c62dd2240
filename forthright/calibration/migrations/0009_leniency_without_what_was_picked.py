from django.db import migrations
from django.utils import timezone


def ask_for_leniency(apps, schema_editor):
    """Have leniency worked out anew, without the first marks by which letters were picked.

    Until it is, the newest may call somebody lenient for the letters that were picked for a round.
    """
    runs, jobs = apps.get_model("calibration", "LeniencyRun"), apps.get_model("web", "Job")
    for area in sorted(set(runs.objects.order_by().values_list("area", flat=True))):
        jobs.objects.get_or_create(
            key=f"leniency without what was picked, Area {area}",
            defaults={
                "name": "calibration.leniency", "area_id": area, "asked_at": timezone.now(),
            },
        )


class Migration(migrations.Migration):

    dependencies = [
        ("calibration", "0008_said_before"),
        ("web", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(ask_for_leniency, migrations.RunPython.noop, elidable=True),
    ]
