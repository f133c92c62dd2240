import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from forthright.rules.words import day_of

CLOSED = [
    ("READY_LATE", "Everything was shared, but too late"),
    ("NOT_NEEDED", "It is no longer needed, such as after a plea of guilty"),
    ("OTHER", "Something else"),
]


def keep_closings(apps, schema_editor):
    """Keep each closing that ended before there were rows for it, as the record has it.

    Where a case was opened by its hearing moving, its reason went with it and is nowhere.
    """
    events = apps.get_model("audit", "Event").objects.order_by("sequence")
    closings = apps.get_model("hard_media", "FormerClosing").objects
    cases = set(apps.get_model("hard_media", "Hearing").objects.values_list("pk", flat=True))
    closed = {}
    for event in events.filter(name__in=["hearing.closed", "hearing.reopened"]).iterator():
        hearing = int(event.subject_id)
        if event.name == "hearing.closed":
            closed[hearing] = event
        elif hearing in cases and event.detail.get("closed_because"):
            before = closed.pop(hearing, None)
            closings.create(
                hearing_id=hearing,
                closed_as=event.detail["closed_as"],
                closed_reason=event.detail["closed_because"],
                closed_at=before.at if before else None,
                closed_by_id=before.by_id if before else None,
                opened_because=event.detail.get("reason", ""),
                opened_at=event.at,
                opened_by_id=event.by_id,
            )


def tell_parts_apart(apps, schema_editor):
    """Note of each opening which camera or sound it was, as the record has it.

    A share by a link of which not each that plays was opened is not opened, and one of which each
    was is opened on the day on which the last one was.
    """
    parts, needed = set(), {}
    rows = apps.get_model("hard_media", "PlayingPart").objects.all()
    for file, number, how in rows.values_list("playing__sent_file", "number", "how"):
        parts.add((file, number))
        if how != "NOT_AT_ALL":
            needed.setdefault(file, set()).add(number)
    if not parts:
        return
    events = apps.get_model("audit", "Event").objects.filter(name="share.opened_by_link")
    receipts = apps.get_model("hard_media", "ShareReceipt").objects
    for event in events.iterator():
        file, number = event.detail.get("file"), event.detail.get("part")
        if (file, number) in parts:
            receipts.filter(
                share=int(event.subject_id), link=event.detail["via"], file=file, copy=None,
                what="OPENED", at=event.at,
            ).update(part=number)  # fmt: skip
    shares = apps.get_model("hard_media", "ShareRecord").objects.filter(
        way="LINK", opened_known="RECEIPT", contents__copy=None, contents__file__in=needed
    )
    # What a person recorded, they know from elsewhere.
    told = set(
        apps.get_model("audit", "Event")
        .objects.filter(name="share.opened", by__isnull=False)
        .values_list("subject_id", flat=True)
    )
    for share in shares.distinct():
        if str(share.pk) in told:
            continue
        on = _opened_on(share, needed)
        if on != share.opened_on:
            share.opened_on, share.opened_known = on, "RECEIPT" if on else ""
            share.save(update_fields=["opened_on", "opened_known"])


def _opened_on(share, needed):
    """Return the day on which the last of what a share gives was opened, or None."""
    waits = set()
    for file, copy in share.contents.values_list("file", "copy"):
        numbers = needed.get(file, {None}) if copy is None else {None}
        waits |= {(file, copy, number) for number in numbers}
    for each in share.receipts.order_by("at", "pk"):
        of_parts = each.copy_id is None and each.file_id in needed
        waits = {
            (file, copy, number)
            for file, copy, number in waits
            if (file, copy) != (each.file_id, each.copy_id)
            or (of_parts and each.what != "TAKEN_OUT" and number != each.part)
        }
        if not waits:
            on = day_of(each.at)
            return on if share.link_expires_on is None or on <= share.link_expires_on else None
    return None


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_every_lock"),
        ("hard_media", "0014_told_and_astray"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="named_because",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.CreateModel(
            name="FormerClosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("closed_as", models.CharField(choices=CLOSED, max_length=12)),
                ("closed_reason", models.CharField(max_length=300)),
                ("closed_at", models.DateTimeField(null=True)),
                ("opened_because", models.CharField(max_length=300, verbose_name="why it was opened again")),
                ("opened_at", models.DateTimeField()),
                ("closed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("hearing", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="former_closings", to="hard_media.hearing")),
                ("opened_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["-opened_at", "-pk"]},
        ),
        migrations.AddField(
            model_name="sharereceipt",
            name="part",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="which camera or sound of several was opened, by its number"),
        ),
        migrations.RunPython(keep_closings, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(tell_parts_apart, migrations.RunPython.noop, elidable=True),
    ]
