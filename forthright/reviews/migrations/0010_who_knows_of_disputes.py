"""Who has opened how a dispute of a mark stands; nobody is told of those decided before."""

from django.db import migrations, models
from django.db.models import F


def leave_what_is_decided(apps, schema_editor):
    """Take the outcomes of before as known: the overview tells of what is decided from now on."""
    disputes = apps.get_model("reviews", "Dispute").objects.filter(decided_at__isnull=False)
    disputes.update(marker_knows_at=F("decided_at"), drafter_knows_at=F("decided_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0009_acts_after_second_marks'),
    ]

    operations = [
        migrations.AddField(
            model_name='dispute',
            name='drafter_knows_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='dispute',
            name='marker_knows_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(leave_what_is_decided, migrations.RunPython.noop, elidable=True),
    ]
