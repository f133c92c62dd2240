"""Says of a date that disclosure is judged by it only where it is.

Before, each date whose last day nobody works on said so: of initial disclosure too once that date
had moved after the service, and no longer was the day by which the duty is judged.
"""

from typing import Any

from django.db import migrations

JUDGED = ", by which this is judged. Tasks aim at the last working day before it, "
NOT_JUDGED = ". The last working day before it is "


def say_only_where_it_is(apps: Any, _: Any) -> None:
    """Take the words from each date by which nothing is judged."""
    dates = apps.get_model("disclosure", "DutyDate").objects
    for each in dates.select_related("duty").iterator():
        if each.key == "stage_1" and each.day == each.duty.due_on:
            continue
        said = [sentence.replace(JUDGED, NOT_JUDGED) for sentence in each.arithmetic]
        if said != each.arithmetic:
            each.arithmetic = said
            each.save(update_fields=["arithmetic"])


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0011_a_return_that_was_taken_back")]

    operations = [migrations.RunPython(say_only_where_it_is, migrations.RunPython.noop)]
