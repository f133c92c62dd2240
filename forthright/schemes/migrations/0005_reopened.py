"""Keeps how long a letter was not required before it was opened again, by the record of acts."""

from typing import Any

from django.db import migrations, models

ENDED, OPENED = "letter.not_required", "letter.reopened"


def note_what_was_reopened(apps: Any, _editor: Any) -> None:
    """Note each time that a letter had been not required and was opened again, the first first.

    Where a file ended it, the record names no such act of the letter: then it counts as ended in
    the moment in which it was opened again, from which alone its steps are counted.
    """
    duty = apps.get_model("schemes", "Duty")
    events = apps.get_model("audit", "Event").objects.filter(
        name__in=(ENDED, OPENED), subject_kind="schemes.Duty"
    )
    ended: dict[str, str] = {}
    times: dict[str, list[list[str]]] = {}
    for name, subject, at in (
        events.order_by("sequence").values_list("name", "subject_id", "at").iterator()
    ):
        moment = at.isoformat()
        if name == ENDED:
            ended[subject] = moment
        else:
            times.setdefault(subject, []).append([ended.pop(subject, moment), moment])
    for pk, reopened in times.items():
        duty.objects.filter(pk=pk).update(reopened=reopened)


class Migration(migrations.Migration):
    dependencies = [("schemes", "0004_came_back"), ("audit", "0003_every_lock")]
    operations = [
        migrations.AddField(
            model_name="duty", name="reopened", field=models.JSONField(default=list)
        ),
        migrations.RunPython(note_what_was_reopened, migrations.RunPython.noop),
    ]
