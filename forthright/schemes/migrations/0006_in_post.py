"""Keeps how long a letter was out that did not arrive, and when one that came back was approved."""

from datetime import datetime
from typing import Any

from django.db import migrations, models

SENT, APPROVED = "letter.sent_cleared", "letter.approved_cleared"
# How the record begins the reason where a letter had gone, and its sending was no mistake.
NOT_ARRIVED = "The letter did not arrive: "


def note_what_was_out(apps: Any, _editor: Any) -> None:
    """Note each time that a letter was sent and did not arrive, the first first.

    The stage that letters lost their time in which had gone by then stays as it was recorded:
    reports were made from it.
    """
    duty = apps.get_model("schemes", "Duty")
    times: dict[str, list[list[str]]] = {}
    for subject, at, detail in _cleared(apps, SENT):
        if detail.get("was") and str(detail.get("reason", "")).startswith(NOT_ARRIVED):
            times.setdefault(subject, []).append([detail["was"], at.isoformat()])
    for pk, in_post in times.items():
        duty.objects.filter(pk=pk).update(in_post=in_post)


def note_what_was_approved(apps: Any, _editor: Any) -> None:
    """Note of each letter that came back when it had been approved, where it had been."""
    duty = apps.get_model("schemes", "Duty")
    approved = {
        (subject, at): detail["was"]
        for subject, at, detail in _cleared(apps, APPROVED)
        if detail.get("was")
    }
    back = duty.objects.exclude(came_back=[])
    for pk, came_back in back.values_list("pk", "came_back").iterator():
        turns = [
            [handed, returned, approved.get((str(pk), datetime.fromisoformat(returned)))]
            for handed, returned, *_ in came_back
        ]
        duty.objects.filter(pk=pk).update(came_back=turns)


def _cleared(apps: Any, name: str) -> Any:
    events = apps.get_model("audit", "Event").objects.filter(name=name, subject_kind="schemes.Duty")
    return events.order_by("sequence").values_list("subject_id", "at", "detail").iterator()


class Migration(migrations.Migration):
    dependencies = [("schemes", "0005_reopened"), ("audit", "0003_every_lock")]
    operations = [
        migrations.AddField(
            model_name="duty", name="in_post", field=models.JSONField(default=list)
        ),
        migrations.AlterField(
            model_name="duty",
            name="late_stage",
            field=models.CharField(
                blank=True,
                choices=[
                    ("TELLING", "Telling the Victim Liaison Unit"),
                    ("EXPLAINING", "The prosecutor's explanation"),
                    ("DRAFTING", "Drafting"),
                    ("APPROVING", "Checking and approving"),
                    ("SENDING", "Sending"),
                    ("IN_POST", "In the post, and came back"),
                    ("REACHING", "Reaching the person"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(note_what_was_out, migrations.RunPython.noop),
        migrations.RunPython(note_what_was_approved, migrations.RunPython.noop),
    ]
