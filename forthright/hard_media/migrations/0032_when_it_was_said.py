from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hard_media', '0031_left_out'),
    ]

    operations = [
        migrations.AddField(
            model_name='carried',
            name='ticked_at',
            field=models.DateTimeField(null=True),
        ),
    ]
