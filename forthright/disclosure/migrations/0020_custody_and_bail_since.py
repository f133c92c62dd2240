import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

WHY = "Recorded on this day; on which day it changed was not asked then."


def part_what_changed(apps, schema_editor):
    """Keep how each defendant was sent apart from what was said to have changed since.

    Before, the one took the place of the other, and the record of acts alone tells them apart.
    """
    events, duties = apps.get_model("audit", "Event").objects, {}
    for event in events.filter(name="disclosure.trigger_corrected").order_by("sequence"):
        duties.setdefault(event.subject_id, []).append(event)
    changes = apps.get_model("disclosure", "RemandChange").objects
    for pk, theirs in duties.items():
        duty = apps.get_model("disclosure", "DisclosureDuty").objects.filter(pk=pk).first()
        sent, turns = _turns(theirs)
        turns = [each for each in turns if duty and each[0] > duty.triggered_on]
        if not turns or turns[-1][1] != duty.remand:
            continue
        duty.remand, duty.rules_version = sent, ""
        duty.save(update_fields=["remand", "rules_version"])
        for day, remand, event in turns:
            changes.create(
                duty=duty,
                remand=remand,
                changed_on=day,
                reason=WHY,
                set_at=event.at,
                set_by_id=event.by_id,
            )


def _turns(events):
    """Return how a defendant was sent, and each change since with its event."""
    sent, turns = None, []
    for event in events:
        said = event.detail
        # An event of before names neither.
        remand, then = said.get("remand"), said.get("remand_then", said.get("remand"))
        now = turns[-1][1] if turns else sent
        if said.get("court") != said.get("court_then", said.get("court")):
            sent, turns = remand, []
        elif remand == now:
            continue
        elif remand == then:
            sent, turns = remand, []
        else:
            sent = sent or then
            turns.append((timezone.localtime(event.at).date(), remand, event))
    return sent, turns


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_every_lock"),
        ("disclosure", "0019_custody_limits_before_closed_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RemandChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "remand",
                    models.CharField(
                        choices=[("CUSTODY", "In custody"), ("BAIL", "On bail")], max_length=8
                    ),
                ),
                ("changed_on", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(max_length=300)),
                ("set_at", models.DateTimeField()),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remand_changes",
                        to="disclosure.disclosureduty",
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
        migrations.RunPython(part_what_changed, migrations.RunPython.noop),
    ]
