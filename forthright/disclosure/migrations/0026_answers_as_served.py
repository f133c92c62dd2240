from django.db import migrations


def answers_as_served(apps, schema_editor):
    """Let answers that went with a service say when and how it went, also where it was corrected.

    Until now a correction left them at the moment and the way as they were typed first.
    """
    rows = apps.get_model("disclosure", "AnswersSending").objects.filter(serving__isnull=False)
    for each in rows.select_related("serving").iterator():
        each.sent_at, each.method = each.serving.served_at, each.serving.method
        each.save(update_fields=["sent_at", "method"])


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0025_earlier_courts"),
    ]

    operations = [
        migrations.RunPython(answers_as_served, migrations.RunPython.noop),
    ]
