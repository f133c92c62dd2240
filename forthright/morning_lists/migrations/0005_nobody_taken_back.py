"""Lets what was said of a decision with nobody to tell be taken back, and be said anew."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keeps each time that it was said; what stands is one at most."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("cases", "0005_who_is_told_is_known"),
        ("morning_lists", "0004_known_who_is_told"),
    ]

    operations = [
        migrations.AlterField(
            model_name="nobodytotell",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.decision"
            ),
        ),
        migrations.AddField(
            model_name="nobodytotell",
            name="taken_back_because",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="nobodytotell",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="nobodytotell",
            name="taken_back_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT,
                related_name="+", to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="nobodytotell",
            constraint=models.UniqueConstraint(
                models.F("decision"),
                condition=models.Q(("taken_back_at", None)),
                name="said_once_that_nobody_is_told",
            ),
        ),
    ]
