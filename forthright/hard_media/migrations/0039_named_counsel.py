from importlib import import_module

from django.db import migrations, models

TRIGGERS = import_module("forthright.hard_media.migrations.0002_sensitive_is_never_shared")


class Migration(migrations.Migration):

    dependencies = [
        ('hard_media', '0038_damage'),
    ]

    # SQLite makes the table anew for a column that is never empty, which takes the triggers of
    # 0002 off it: they are taken off and put back.
    operations = [
        migrations.RunPython(TRIGGERS.take_triggers_off, TRIGGERS.add_triggers),
        migrations.AddField(
            model_name='sharerecord',
            name='counsel',
            field=models.CharField(blank=True, max_length=120, verbose_name='which counsel, by name'),
        ),
        migrations.RunPython(TRIGGERS.add_triggers, TRIGGERS.take_triggers_off),
    ]
