"""Says of hand-overs from before it was asked who got the disc that nobody recorded that.

With 0009 all of them became “somebody else”. The first of each disc is its coming to the unit.
"""

from django.db import migrations, models
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min

ASKED_SINCE = "0009_whom_a_disc_went_to"
KINDS = [
    ("POLICE", "The police"),
    ("UNIT", "This unit, or its own store"),
    ("COURT", "The court"),
    ("DEFENCE", "The defence"),
    ("COUNSEL", "Prosecuting counsel"),
    ("OTHER", "Somebody else, or not said"),
    ("NOT_SAID", "Nobody recorded to whom"),
]


def say_what_is_known(apps, schema_editor):
    hand_overs = apps.get_model("hard_media", "HandOver").objects
    asked = MigrationRecorder(schema_editor.connection).migration_qs
    since = asked.filter(app="hard_media", name=ASKED_SINCE).values_list("applied", flat=True)
    others = hand_overs.filter(to_kind="OTHER")
    first = hand_overs.order_by().values("carrier").annotate(first=Min("pk"))
    others.filter(pk__in=first.values("first")).update(to_kind="UNIT")
    if since:
        others.filter(at__lt=since[0], undoes=None).update(to_kind="NOT_SAID")
    # An end that was taken back is held by whoever had it before: two hand-overs earlier.
    for undone in others.exclude(undoes=None).order_by("at", "pk"):
        before = hand_overs.filter(carrier=undone.carrier_id, pk__lt=undone.pk).order_by("-pk")
        undone.to_kind = before[1].to_kind
        undone.save(update_fields=["to_kind"])


def as_it_was(apps, schema_editor):
    hand_overs = apps.get_model("hard_media", "HandOver").objects
    hand_overs.filter(to_kind="NOT_SAID").update(to_kind="OTHER")


class Migration(migrations.Migration):

    dependencies = [
        ("hard_media", "0040_second_copies"),
    ]

    operations = [
        migrations.AlterField(
            model_name="handover",
            name="to_kind",
            field=models.CharField(choices=KINDS, default="OTHER", max_length=10),
        ),
        migrations.RunPython(say_what_is_known, as_it_was),
    ]
