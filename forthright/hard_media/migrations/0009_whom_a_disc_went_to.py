from django.db import migrations, models

KINDS = [
    ("POLICE", "The police"),
    ("UNIT", "This unit, or its own store"),
    ("COURT", "The court"),
    ("DEFENCE", "The defence"),
    ("COUNSEL", "Prosecuting counsel"),
    ("OTHER", "Somebody else, or not said"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("hard_media", "0008_what_a_share_gives"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="to_kind",
            field=models.CharField(choices=KINDS, default="OTHER", max_length=10),
        ),
    ]
