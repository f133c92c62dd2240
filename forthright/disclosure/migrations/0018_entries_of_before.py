"""Let each entry without an item number wait of the officer's reports that stand already."""

from typing import Any

from django.db import migrations

from forthright.rules.schedules.said_to_assist import may_name


def let_them_wait(apps: Any, _editor: Any) -> None:
    """Keep of each such entry that it waits until somebody says what it is about."""
    entries = apps.get_model("disclosure", "Item").objects.filter(
        schedule__form="MG6E", schedule__is_live=True, number=None
    )
    kept = apps.get_model("disclosure", "UnnumberedEntry").objects
    for each in entries.select_related("schedule__delivery").order_by("pk"):
        if may_name(each.undermines or each.description):
            delivery = each.schedule.delivery
            kept.create(
                case_id=delivery.case_id, entry=each,
                made_at=delivery.received_at or delivery.checked_at,
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0017_unnumbered_entries")]

    operations = [
        migrations.RunPython(let_them_wait, migrations.RunPython.noop, elidable=True),
    ]
