from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_versions(apps, schema_editor):
    """Give every version the title that its block or template has had all along."""
    for of in ("Block", "Template"):
        held = apps.get_model("letter_templates", of).objects.filter(pk=OuterRef(f"{of.lower()}_id"))
        versions = apps.get_model("letter_templates", f"{of}Version").objects
        versions.update(title=Subquery(held.values("title")[:1]))


class Migration(migrations.Migration):
    dependencies = [("letter_templates", "0002_approved_although")]

    operations = [
        migrations.AddField(
            model_name="blockversion",
            name="title",
            field=models.CharField(default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="templateversion",
            name="title",
            field=models.CharField(default="", max_length=120),
            preserve_default=False,
        ),
        migrations.RunPython(name_versions, migrations.RunPython.noop, elidable=True),
    ]
