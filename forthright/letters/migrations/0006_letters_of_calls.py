from django.db import migrations


def give_letters(apps, schema_editor):
    """Calls and overruled locks so far were about the letter that is owed."""
    letters = apps.get_model("letters", "Letter").objects
    for name in ("CallAttempt", "ContactOverride"):
        for row in apps.get_model("letters", name).objects.select_related("duty"):
            letter, _ = letters.get_or_create(
                duty=row.duty, number=1, defaults={"area_id": row.duty.area_id}
            )
            row.letter = letter
            row.save(update_fields=["letter"])


class Migration(migrations.Migration):
    # Apart from those around it: PostgreSQL alters no table that has just been written to.
    dependencies = [("letters", "0005_letters_of_every_kind")]

    operations = [migrations.RunPython(give_letters, migrations.RunPython.noop, elidable=True)]
