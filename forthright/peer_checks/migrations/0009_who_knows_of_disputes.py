"""Who has opened how a dispute of what was told stands; nobody is told of those decided before."""

from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Now, TruncDate


def leave_what_is_decided(apps, schema_editor):
    """Take the outcomes of before as known: the overview tells of what is decided from now on."""
    disputes = apps.get_model("peer_checks", "PartTold").objects.filter(decided_at__isnull=False)
    disputes.update(teller_knows_at=F("decided_at"), reader_knows_at=F("decided_at"))
    over = apps.get_model("peer_checks", "PartTold").objects.filter(
        outcome="OPEN", disputed_at__isnull=False, decide_by__lt=TruncDate(Now())
    )
    over.update(teller_knows_at=Now(), reader_knows_at=Now())


class Migration(migrations.Migration):

    dependencies = [
        ('peer_checks', '0008_looks_that_moved'),
    ]

    operations = [
        migrations.AddField(
            model_name='parttold',
            name='reader_knows_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='parttold',
            name='teller_knows_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(leave_what_is_decided, migrations.RunPython.noop, elidable=True),
    ]
