"""Keeps how long others had a letter before it came back to its drafter, by the record of acts."""

from typing import Any

from django.db import migrations, models

# What the record gives as the reason where a letter was given back, and no step was a mistake.
GIVEN_BACK = (
    "A colleague who looked at it asked for changes.",
    "It was returned to the drafter.",
    "What it is written from was changed.",
    "Newer reasons were written.",
)


def note_what_came_back(apps: Any, _editor: Any) -> None:
    """Note each time that a letter had been handed over and came back, the first first.

    The stage that letters lost their time in which had gone by then stays as it was recorded:
    reports were made from it.
    """
    duty = apps.get_model("schemes", "Duty")
    events = apps.get_model("audit", "Event").objects.filter(
        name="letter.drafted_cleared", subject_kind="schemes.Duty", detail__reason__in=GIVEN_BACK
    )
    times: dict[str, list[list[str]]] = {}
    for subject, at, detail in (
        events.order_by("sequence").values_list("subject_id", "at", "detail").iterator()
    ):
        if detail.get("was"):
            times.setdefault(subject, []).append([detail["was"], at.isoformat()])
    for pk, came_back in times.items():
        duty.objects.filter(pk=pk).update(came_back=came_back)


class Migration(migrations.Migration):
    dependencies = [("schemes", "0003_calendar_stretches"), ("audit", "0003_every_lock")]
    operations = [
        migrations.AddField(
            model_name="duty", name="came_back", field=models.JSONField(default=list)
        ),
        migrations.RunPython(note_what_came_back, migrations.RunPython.noop),
    ]
