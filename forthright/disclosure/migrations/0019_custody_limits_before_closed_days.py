from django.db import migrations


def mark_to_be_counted_anew(apps, schema_editor):
    """Let the worker count each open duty anew whose custody time limit may expire earlier."""
    limits = apps.get_model("disclosure", "DutyDate").objects.filter(key="custody_limit")
    duties = apps.get_model("disclosure", "DisclosureDuty").objects
    duties.filter(pk__in=limits.values("duty")).exclude(state="CLOSED").update(rules_version="")


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0018_entries_of_before"),
    ]

    operations = [
        migrations.RunPython(mark_to_be_counted_anew, migrations.RunPython.noop),
    ]
