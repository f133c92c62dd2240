from importlib import import_module

from django.db import migrations, models

TRIGGERS = import_module("forthright.hard_media.migrations.0002_sensitive_is_never_shared")
DECIDING = ("CLASSIFY", "CLASSIFY_SENSITIVE")
BEGINNING = ("REQUEST", "REINSTATE")


def begin_anew(apps, schema_editor):
    """Take what was said of the copy before off each recording that was asked for, or taken up, since."""
    steps = apps.get_model("hard_media", "MediaStep").objects.filter(event__in=DECIDING + BEGINNING)
    last = dict(steps.order_by("at", "pk").values_list("item", "event").iterator())
    begun = sorted(item for item, event in last.items() if event in BEGINNING)
    items = apps.get_model("hard_media", "MediaItem").objects.exclude(classification="NOT_ASSESSED")
    for place in range(0, len(begun), 400):
        items.filter(pk__in=begun[place : place + 400]).update(classification="NOT_ASSESSED")


class Migration(migrations.Migration):

    dependencies = [
        ("hard_media", "0015_places_and_closings"),
    ]

    # SQLite makes the table anew for a constraint, which takes the triggers of 0002 off it, and
    # cannot while others lead to it: so they are taken off before and put back after.
    operations = [
        migrations.RunPython(TRIGGERS.take_triggers_off, TRIGGERS.add_triggers),
        migrations.RemoveConstraint(
            model_name="mediaitem",
            name="sensitive_is_said_twice_alike",
        ),
        migrations.AddConstraint(
            model_name="mediaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("classification__in", ["SENSITIVE", "NOT_ASSESSED"]), ("is_sensitive", True)),
                    models.Q(("is_sensitive", False), models.Q(("classification", "SENSITIVE"), _negated=True)),
                    _connector="OR",
                ),
                name="sensitive_until_found_otherwise",
            ),
        ),
        migrations.RunPython(TRIGGERS.add_triggers, TRIGGERS.take_triggers_off),
        migrations.RunPython(begin_anew, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name="hearingmove",
            name="was_held",
            field=models.BooleanField(blank=True, null=True),
        ),
    ]
