"""Takes the titles that a form gave off their recordings: every party reads a title.

The words are kept for this side. A title that somebody wrote or changed since stays.
"""

from importlib import import_module

from django.db import migrations, models
from django.utils import timezone

TRIGGERS = import_module("forthright.hard_media.migrations.0002_sensitive_is_never_shared")
AT_ONCE = 400


def keep_words_for_this_side(apps, schema_editor):
    """Move each title that a form gave, and that nobody wrote anew, to the words of the form."""
    events = apps.get_model("audit", "Event").objects
    read = events.filter(name="media.form_read").values_list("detail", flat=True)
    from_forms = {pk for detail in read.iterator() for pk in detail.get("recordings", ())}
    changed = events.filter(name="media.changed").values_list("subject_id", "detail")
    by_hand = {
        int(pk) for pk, detail in changed.iterator() if "title" in detail.get("fields", ())
    }
    theirs, now = sorted(from_forms - by_hand), timezone.now()
    items = apps.get_model("hard_media", "MediaItem").objects.exclude(title="")
    for place in range(0, len(theirs), AT_ONCE):
        items.filter(pk__in=theirs[place : place + AT_ONCE]).update(
            named_words=models.F("title"), title="", words_were_title_until=now
        )


def as_it_was(apps, schema_editor):
    items = apps.get_model("hard_media", "MediaItem").objects
    moved = items.exclude(words_were_title_until=None).filter(title="")
    moved.update(title=models.F("named_words"))


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0003_every_lock"),
        ("hard_media", "0045_firms_follow_by_number"),
    ]

    # SQLite makes the table anew for a column that is never empty, which takes the triggers of
    # 0002 off it: they are taken off and put back.
    operations = [
        migrations.RunPython(TRIGGERS.take_triggers_off, TRIGGERS.add_triggers),
        migrations.AddField(
            model_name="mediaitem",
            name="named_words",
            field=models.CharField(blank=True, max_length=200, verbose_name="words in which a form named it"),
        ),
        migrations.AddField(
            model_name="mediaitem",
            name="words_were_title_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(TRIGGERS.add_triggers, TRIGGERS.take_triggers_off),
        migrations.RunPython(keep_words_for_this_side, as_it_was),
    ]
