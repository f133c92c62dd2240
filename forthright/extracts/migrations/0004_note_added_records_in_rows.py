from django.db import migrations, models


def each_by_itself(apps, schema_editor):
    """Every record noted so far was noted by itself."""
    changes = apps.get_model("extracts", "ImportChange").objects
    changes.update(last_id=models.F("record_id"))


class Migration(migrations.Migration):

    dependencies = [
        ('extracts', '0003_repeats_are_one'),
    ]

    operations = [
        migrations.AddField(
            model_name='importchange',
            name='last_id',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(each_by_itself, migrations.RunPython.noop, elidable=True),
    ]
