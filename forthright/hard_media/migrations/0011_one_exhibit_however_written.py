from django.db import migrations, models

from forthright.rules.exhibits import exhibit_key


def compare_references(apps, schema_editor):
    """Give the first recording of each reference its key; whatever is the same again has none.

    So nothing is lost or renamed, and no third is taken in.
    """
    model = apps.get_model("hard_media", "MediaItem")
    taken, keyed = set(), []
    rows = model.objects.order_by("pk").only("pk", "case_id", "exhibit").iterator(chunk_size=2000)
    for item in rows:
        key = (item.case_id, exhibit_key(item.exhibit))
        if key not in taken:
            taken.add(key)
            item.exhibit_key = key[1]
            keyed.append(item)
    model.objects.bulk_update(keyed, ["exhibit_key"], batch_size=400)


class Migration(migrations.Migration):

    dependencies = [
        ("hard_media", "0010_why_an_unknown_disc_went"),
    ]

    # A column that may be empty and an index: SQLite makes neither by making the table anew, which
    # would take the triggers of 0002 off it.
    operations = [
        migrations.AddField(
            model_name="mediaitem",
            name="exhibit_key",
            field=models.CharField(blank=True, editable=False, max_length=200, null=True),
        ),
        migrations.AlterField(
            model_name="mediaitem",
            name="named_in",
            field=models.CharField(choices=[("MG5", "MG5"), ("MG6", "MG6"), ("MG11", "MG11 (statement)"), ("MG12", "MG12 (exhibit list)"), ("PTPH", "PTPH form"), ("SCHEDULE", "Police schedule (MG6C or SDC)"), ("OTHER", "Elsewhere")], max_length=10),
        ),
        migrations.RunPython(compare_references, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="mediaitem",
            constraint=models.UniqueConstraint(models.F("case"), models.F("exhibit_key"), name="exhibit_once_however_written"),
        ),
    ]
