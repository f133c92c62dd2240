from django.db import migrations


def read_from_the_record(apps, schema_editor):
    """Keep each bag of before, by what the record says of it; for whom it was nobody was asked."""
    named = {
        name: apps.get_model("hard_media", name)
        for name in ("Hearing", "MediaItem", "Bag", "Bagged")
    }
    events = apps.get_model("audit", "Event").objects.filter(name="media.exported")
    for event in events.order_by("sequence"):
        hearing = named["Hearing"].objects.filter(pk=event.subject_id).first()
        items = named["MediaItem"].objects.filter(pk__in=event.detail.get("recordings", ()))
        if hearing is None or not items:
            continue
        bag = named["Bag"].objects.create(
            hearing=hearing, manifest=event.detail["manifest"], at=event.at, by_id=event.by_id
        )
        named["Bagged"].objects.bulk_create([named["Bagged"](bag=bag, item=each) for each in items])


class Migration(migrations.Migration):
    """A table that is filled in the migration that makes it takes no key after that."""

    dependencies = [("hard_media", "0058_bags"), ("audit", "0003_every_lock")]

    operations = [migrations.RunPython(read_from_the_record, migrations.RunPython.noop)]
