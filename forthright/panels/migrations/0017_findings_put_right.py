import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def say_whose_own(apps, schema_editor):
    """Say of each finding from before whether whoever kept the panel gave it to themself."""
    apps.get_model("panels", "PanelFinding").objects.filter(given_by=F("manager")).update(
        given_to_self=True
    )


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0016_what_places_took_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='panelfinding',
            name='given_to_self',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(say_whose_own, migrations.RunPython.noop),
        migrations.CreateModel(
            name='FindingCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.TextField()),
                ('reply_by', models.DateField()),
                ('what_was_wrong', models.CharField(max_length=300)),
                ('corrected_at', models.DateTimeField()),
                ('corrected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='panels.panelfinding')),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['corrected_at', 'pk'],
            },
        ),
    ]
