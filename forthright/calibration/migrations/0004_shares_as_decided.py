from django.db import migrations
from django.utils import timezone


def ask_for_shares(apps, schema_editor):
    """Have the Area's share worked out anew, with letters as decided after disputes.

    Until it is, the newest share would be of the first marks, and the letters behind it not.
    """
    runs, jobs = apps.get_model("calibration", "LeniencyRun"), apps.get_model("web", "Job")
    for area in sorted(set(runs.objects.order_by().values_list("area", flat=True))):
        jobs.objects.get_or_create(
            key=f"shares as decided, Area {area}",
            defaults={
                "name": "calibration.leniency", "area_id": area, "asked_at": timezone.now(),
            },
        )


class Migration(migrations.Migration):

    dependencies = [
        ('calibration', '0003_given_up'),
        ('web', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(ask_for_shares, migrations.RunPython.noop, elidable=True),
    ]
