import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CORRECTED = "disclosure.trigger_corrected"
BEGUN = "disclosure.begun"


def keep_earlier_courts(apps, schema_editor):
    """Keep the court from which each case went to another; the record of acts alone tells it.

    What was ordered before such a change was taken back with it, and stays so.
    """
    events, duties = apps.get_model("audit", "Event").objects, {}
    for event in events.filter(name__in=(BEGUN, CORRECTED)).order_by("sequence"):
        duties.setdefault(event.subject_id, []).append(event)
    kept = apps.get_model("disclosure", "EarlierCourt").objects
    for pk, theirs in duties.items():
        changes, court = _changes(theirs)
        if not changes:
            continue
        duty = apps.get_model("disclosure", "DisclosureDuty").objects.filter(pk=pk).first()
        if duty is None or duty.court != court:
            continue
        serving, recorded = _first_service(apps, duty)
        for stood, event in changes:
            before = apps.get_model("disclosure", "CourtDate").objects.filter(
                duty=duty, set_at__lt=event.at
            )
            newest = before.order_by("-pk").values_list("pk", flat=True).first()
            is_after = recorded is not None and recorded.sequence < event.sequence
            kept.create(
                duty=duty,
                orders_until=newest or 0,
                serving=serving if is_after else None,
                set_at=event.at,
                set_by_id=event.by_id,
                **stood,
            )


def _changes(events):
    """Return each change of court that stands, with what stood before it, and the court now."""
    changes, now = [], {}
    for event in events:
        said = event.detail
        court, now_court = said.get("court"), now.get("court")
        then = said.get("court_then", court)
        if court and event.name == CORRECTED and court != (now_court or then):
            if then != court:
                stood = {
                    "court": now_court or then,
                    "triggered_on": now.get("triggered_on") or said.get("day_then"),
                    "remand": now.get("remand") or said.get("remand_then") or said["remand"],
                }
                changes.append((stood, event))
            elif changes:
                changes.pop()
        for ours, key in (("court", "court"), ("triggered_on", "day"), ("remand", "remand")):
            now[ours] = said.get(key) or now.get(ours)
    return changes, now.get("court")


def _first_service(apps, duty):
    """Return the first service that stands, and the event by which it was recorded."""
    servings = apps.get_model("disclosure", "Serving").objects.filter(duty=duty, taken_back_at=None)
    serving = servings.exclude(kind="CONTINUING").order_by("pk").first()
    events = apps.get_model("audit", "Event").objects.filter(
        subject_kind="disclosure.DisclosureDuty", subject_id=str(duty.pk)
    )
    back = events.filter(name="disclosure.service_taken_back").order_by("-sequence").first()
    served = events.filter(name="disclosure.served")
    if back is not None:
        served = served.filter(sequence__gt=back.sequence)
    return serving, served.order_by("sequence").first() if serving else None


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_every_lock"),
        ("disclosure", "0024_an_answer_of_the_police_is_accepted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierCourt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "court",
                    models.CharField(
                        choices=[("CROWN", "Crown Court"), ("MAGISTRATES", "Magistrates’ court")],
                        max_length=12,
                    ),
                ),
                ("triggered_on", models.DateField()),
                (
                    "remand",
                    models.CharField(
                        choices=[("CUSTODY", "In custody"), ("BAIL", "On bail")], max_length=8
                    ),
                ),
                ("orders_until", models.PositiveBigIntegerField(default=0)),
                ("set_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_courts",
                        to="disclosure.disclosureduty",
                    ),
                ),
                (
                    "serving",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disclosure.serving",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RunPython(keep_earlier_courts, migrations.RunPython.noop),
    ]
