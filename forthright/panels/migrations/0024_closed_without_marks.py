from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0023_booklets_that_came_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='closed_because',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
