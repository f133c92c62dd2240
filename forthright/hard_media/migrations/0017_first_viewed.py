from django.db import migrations


def keep_the_first(apps, schema_editor):
    """Say of each file when it was first viewed, where it was viewed once more since; the record has it."""
    events = apps.get_model("audit", "Event").objects.filter(name="media.view").order_by("at", "sequence")
    first = {}
    for at, detail in events.values_list("at", "detail").iterator():
        for file in detail.get("files", ()):
            first.setdefault(file, at)
    files = apps.get_model("hard_media", "SentFile").objects
    for pk, viewed_at in files.filter(viewed_at__isnull=False).values_list("pk", "viewed_at"):
        if pk in first and first[pk] < viewed_at:
            files.filter(pk=pk).update(viewed_at=first[pk])


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0003_every_lock"),
        ("hard_media", "0016_begins_anew"),
    ]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop, elidable=True),
    ]
