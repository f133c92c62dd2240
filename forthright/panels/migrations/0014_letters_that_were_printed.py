from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0013_note_as_published'),
    ]

    operations = [
        migrations.AddField(
            model_name='seat',
            name='printed',
            field=models.JSONField(blank=True, null=True),
        ),
    ]
