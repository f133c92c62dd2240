import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone


def ask_for_days(apps, schema_editor):
    """Have the days still to come counted anew that a change of the calendar left behind.

    The newest change since the first of them was told, of a day that they count, is named as
    the reason.
    """
    part, closed, job = (
        apps.get_model(*each)
        for each in (("peer_checks", "PartTold"), ("schemes", "ClosedDay"), ("web", "Job"))
    )
    today = timezone.localdate()
    still_open = part.objects.filter(
        Q(disputed_at=None, dispute_by__gte=today) | Q(outcome="OPEN", decide_by__gte=today)
    )
    spans = still_open.values("area").annotate(
        since=models.Min("told_at"),
        until=Greatest(
            models.Max("dispute_by"),
            Coalesce(models.Max("decide_by"), models.Max("dispute_by")),
        ),
    )
    for area, since, until in spans.values_list("area", "since", "until"):
        changed = closed.objects.filter(
            Q(added_at__gte=since) | Q(removed_at__gte=since),
            area=area, day__gte=timezone.localdate(since), day__lte=until,
        ).annotate(
            changed_at=Coalesce("removed_at", "added_at")
        ).order_by("changed_at", "pk").last()
        if changed is not None:
            job.objects.get_or_create(
                key=f"closed day {changed.pk}, what was told before",
                defaults={
                    "name": "reviews.move_days", "arguments": {"closed_day": changed.pk},
                    "area_id": area, "asked_at": timezone.now(),
                },
            )


class Migration(migrations.Migration):

    dependencies = [
        ('peer_checks', '0003_replies_are_read'),
        ('schemes', '0003_calendar_stretches'),
        ('web', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PartLimitChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_of_decision', models.BooleanField()),
                ('old_day', models.DateField()),
                ('new_day', models.DateField()),
                ('old_because', models.JSONField(default=list)),
                ('reason', models.CharField(max_length=300)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='limit_changes', to='peer_checks.parttold')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
            },
        ),
        migrations.RunPython(ask_for_days, migrations.RunPython.noop, elidable=True),
    ]
