from django.db import migrations, models


def keep_letters_of_rounds(apps, schema_editor):
    """Keep with each change that is told of by letters of rounds alone which letters those may be.

    They are all of the rounds that its marker finished and that are compared: without them the
    change would be told of no more by the next week.
    """
    get = apps.get_model
    figures, letters = get("calibration", "LeniencyFigure"), get("calibration", "RoundLetter")
    for figure in figures.objects.exclude(drift="").filter(look_at=[]).select_related("run"):
        run = figure.run
        found = letters.objects.filter(
            round__area=run.area_id, round__is_given_up=False, round__closed_at__lte=run.made_at,
            round__closed_at__date__gte=run.marks_since,
            round__markers__person=figure.marker_id, round__markers__finished_at__isnull=False,
        )
        figure.look_at_rounds = list(found.order_by("pk").values_list("pk", flat=True))
        figure.save(update_fields=["look_at_rounds"])


class Migration(migrations.Migration):

    dependencies = [
        ('calibration', '0004_shares_as_decided'),
    ]

    operations = [
        migrations.AddField(
            model_name='leniencyfigure',
            name='look_at_rounds',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(keep_letters_of_rounds, migrations.RunPython.noop, elidable=True),
    ]
