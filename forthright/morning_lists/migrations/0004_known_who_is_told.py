"""Notes on decisions that are held of which it is known who is told."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef, Q


def note_what_is_known(apps: Any, schema_editor: Any) -> None:
    """Note it where a letter is owed, or somebody said that nobody is told."""
    using = schema_editor.connection.alias
    decisions = apps.get_model("cases", "Decision").objects.using(using)
    of_this = {"decision": OuterRef("pk")}
    letters = apps.get_model("schemes", "Duty").objects.using(using).filter(**of_this)
    said = apps.get_model("morning_lists", "NobodyToTell").objects.using(using).filter(**of_this)
    known = decisions.filter(Q(Exists(letters)) | Q(Exists(said)))
    known.update(who_is_told_is_known=True)


class Migration(migrations.Migration):
    """Fills what the lists of mornings look for."""

    dependencies = [
        ("cases", "0005_who_is_told_is_known"),
        ("schemes", "0003_calendar_stretches"),
        ("morning_lists", "0003_each_reminded_once"),
    ]

    operations = [migrations.RunPython(note_what_is_known, migrations.RunPython.noop)]
