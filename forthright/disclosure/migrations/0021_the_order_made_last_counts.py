from django.db import migrations


def mark_to_be_counted_anew(apps, schema_editor):
    """Let the worker count each open duty anew whose orders are known by their own day."""
    orders = apps.get_model("disclosure", "CourtDate").objects.filter(ordered_on__isnull=False)
    duties = apps.get_model("disclosure", "DisclosureDuty").objects
    duties.filter(pk__in=orders.values("duty")).exclude(state="CLOSED").update(rules_version="")


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0020_custody_and_bail_since"),
    ]

    operations = [
        migrations.RunPython(mark_to_be_counted_anew, migrations.RunPython.noop),
    ]
