"""Keeps what was hidden in the words that a member put aside, as far as it can be told."""

import django.db.models.deletion
from django.db import migrations, models


def note_what_was_hidden(apps, schema_editor):
    """Note for each decision still to come, or that more is to be hidden, what was hidden then."""
    recognitions = apps.get_model("panels", "Recognition")
    letters = apps.get_model("panels", "AnonymisedLetter")
    rows = recognitions.objects.filter(outcome__in=["OPEN", "TO_CORRECT"])
    for each in rows.select_related("letter"):
        taken = letters.objects.filter(duty=each.letter.duty_id)
        if each.decided_at is not None:
            taken = taken.filter(taken_at__lte=each.decided_at)
        letter = taken.order_by("-taken_at", "-pk").first()
        if letter is None or (each.decided_at is None and letter.state != "RELEASED"):
            continue
        each.of_words = letter
        each.hidden_then = [
            [place.start, place.end]
            for place in letter.places.order_by("start", "end")
            if was_hidden(place, each.decided_at)
        ]
        each.save(update_fields=["of_words", "hidden_then"])


def was_hidden(place, decided_at):
    """Say whether a place was hidden when it was decided; what was left since is held for it."""
    is_later = decided_at is not None and place.decided_at and place.decided_at > decided_at
    return place.state == ("LEFT" if is_later else "HIDDEN")


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0010_first_day_to_answer'),
    ]

    operations = [
        migrations.AddField(
            model_name='recognition',
            name='hidden_then',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='recognition',
            name='of_words',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='panels.anonymisedletter'),
        ),
        migrations.RunPython(note_what_was_hidden, migrations.RunPython.noop),
    ]
