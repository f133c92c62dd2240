from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0022_who_a_name_is'),
    ]

    operations = [
        migrations.AddField(
            model_name='seat',
            name='issues_read',
            field=models.JSONField(blank=True, null=True),
        ),
    ]
