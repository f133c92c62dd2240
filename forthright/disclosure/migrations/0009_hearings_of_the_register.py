from django.db import migrations


def mark_to_be_counted_anew(apps, schema_editor):
    """Let the worker count each open duty in the Crown Court anew: its hearing may be listed."""
    duties = apps.get_model("disclosure", "DisclosureDuty").objects
    duties.filter(court="CROWN").exclude(state="CLOSED").update(rules_version="")


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0008_presumed_is_asked'),
    ]

    operations = [
        migrations.RunPython(mark_to_be_counted_anew, migrations.RunPython.noop),
    ]
