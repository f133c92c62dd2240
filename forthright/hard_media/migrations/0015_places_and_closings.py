import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CLOSED = [
    ("READY_LATE", "Everything was shared, but too late"),
    ("NOT_NEEDED", "It is no longer needed, such as after a plea of guilty"),
    ("OTHER", "Something else"),
]


def keep_closings(apps, schema_editor):
    """Keep each closing that ended before there were rows for it, as the record has it.

    Where a case was opened by its hearing moving, its reason went with it and is nowhere.
    """
    events = apps.get_model("audit", "Event").objects.order_by("sequence")
    closings = apps.get_model("hard_media", "FormerClosing").objects
    cases = set(apps.get_model("hard_media", "Hearing").objects.values_list("pk", flat=True))
    closed = {}
    for event in events.filter(name__in=["hearing.closed", "hearing.reopened"]).iterator():
        hearing = int(event.subject_id)
        if event.name == "hearing.closed":
            closed[hearing] = event
        elif hearing in cases and event.detail.get("closed_because"):
            before = closed.pop(hearing, None)
            closings.create(
                hearing_id=hearing,
                closed_as=event.detail["closed_as"],
                closed_reason=event.detail["closed_because"],
                closed_at=before.at if before else None,
                closed_by_id=before.by_id if before else None,
                opened_because=event.detail.get("reason", ""),
                opened_at=event.at,
                opened_by_id=event.by_id,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_every_lock"),
        ("hard_media", "0014_told_and_astray"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="named_because",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.CreateModel(
            name="FormerClosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("closed_as", models.CharField(choices=CLOSED, max_length=12)),
                ("closed_reason", models.CharField(max_length=300)),
                ("closed_at", models.DateTimeField(null=True)),
                ("opened_because", models.CharField(max_length=300, verbose_name="why it was opened again")),
                ("opened_at", models.DateTimeField()),
                ("closed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("hearing", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="former_closings", to="hard_media.hearing")),
                ("opened_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["-opened_at", "-pk"]},
        ),
        migrations.RunPython(keep_closings, migrations.RunPython.noop, elidable=True),
    ]
