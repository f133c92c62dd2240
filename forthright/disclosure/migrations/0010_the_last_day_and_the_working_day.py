"""By which day a duty is judged, its own last day, apart from the working day at which tasks aim.

Before, both were the last working day. What stands of a duty's dates says the last day; where those
dates changed since it was judged, its period is counted again from the day on which it began.
"""

from datetime import date, timedelta
from typing import Any

from django.db import migrations, models

from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.disclosure_limits import published_disclosure_limits
from forthright.rules.words import day_words
from forthright.rules.working_days import CalendarTooShort, is_working_day

INITIAL = "stage_1"


def _closed_after(day: date) -> set[date]:
    """Return the days after a working day on which nobody works, until the next working day."""
    calendar, found = published_bank_holidays().calendar, set()
    try:
        while not is_working_day(day := day + timedelta(days=1), calendar):
            found.add(day)
    except CalendarTooShort:
        return set()
    return found


def _counted(duty: Any) -> set[date]:
    """Return the last days that a limit for initial disclosure gives a duty."""
    return {
        duty.triggered_on + timedelta(days=row.days)
        for row in published_disclosure_limits().limits
        if row.key == INITIAL and row.court.value == duty.court
        and (row.remand is None or row.remand.value == duty.remand)
    }  # fmt: skip


def part_the_days(apps: Any, _: Any) -> None:
    """Keep the working day at which tasks aim, and judge each duty by its own last day."""
    duties = apps.get_model("disclosure", "DisclosureDuty").objects
    duties.update(serve_by=models.F("due_on"))
    dates = apps.get_model("disclosure", "DutyDate").objects
    for each in dates.exclude(serve_by=models.F("day")).iterator():
        if each.arithmetic and ", so the last working day is " in each.arithmetic[-1]:
            before = each.arithmetic[-1].partition(", so the last working day is ")[0]
            each.arithmetic[-1] = (
                f"{before}, and it stays the last day, by which this is judged. Tasks aim at the "
                f"last working day before it, {day_words(each.serve_by)}."
            )
            each.save(update_fields=["arithmetic"])
    first = {row.duty_id: row for row in dates.filter(key=INITIAL).iterator()}
    for duty in duties.iterator():
        _judge(apps, duty, first.get(duty.pk))


def _judge(apps: Any, duty: Any, first: Any) -> None:
    before = duty.due_on
    if first is not None and first.serve_by == before:
        last = first.day
    else:
        last = max(_closed_after(before) & _counted(duty), default=before)
    if last == before:
        return
    duty.due_on = last
    duty.save(update_fields=["due_on"])
    servings = apps.get_model("disclosure", "Serving").objects
    servings.filter(duty=duty, due_on=before).update(due_on=last)
    changes = apps.get_model("disclosure", "DateChange").objects
    changes.filter(duty=duty, title__startswith="Initial disclosure", new_day=before).update(
        new_day=last
    )


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0009_hearings_of_the_register")]

    operations = [
        migrations.AddField(
            model_name="disclosureduty",
            name="serve_by",
            field=models.DateField(default=date(2000, 1, 1)),
            preserve_default=False,
        ),
        migrations.RunPython(part_the_days, migrations.RunPython.noop),
    ]
