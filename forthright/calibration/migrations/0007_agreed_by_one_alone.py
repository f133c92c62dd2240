from django.db import migrations, models
from django.utils import timezone


def ask_to_rest(apps, schema_editor):
    """Have each Area's agreed letters looked through at once, as they are each morning.

    What one alone agreed is found, taken out and recorded by the job, with the day on which it was.
    """
    letters, jobs = apps.get_model("calibration", "GoldLetter"), apps.get_model("web", "Job")
    for area in sorted(set(letters.objects.order_by().values_list("area", flat=True))):
        jobs.objects.get_or_create(
            key=f"agreed letters that rest, Area {area}",
            defaults={"name": "calibration.gold", "area_id": area, "asked_at": timezone.now()},
        )


class Migration(migrations.Migration):

    dependencies = [
        ("calibration", "0006_leniency_of_letters_alone"),
        ("web", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="goldletter",
            name="is_by_one",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(ask_to_rest, migrations.RunPython.noop, elidable=True),
    ]
