"""When wrong codes closed a link, which so far was only a number of them."""

from django.db import migrations, models

MOST_WRONG = 30


def say_when(apps, schema_editor):
    """Take the moment of the last wrong code; after the one that closed a link none is tried."""
    tried = apps.get_model("audit", "Event").objects.filter(
        name="link.code_wrong", subject_kind="hard_media.ShareLink"
    )
    links = apps.get_model("hard_media", "ShareLink").objects
    for link in links.filter(codes_wrong__gte=MOST_WRONG):
        last = tried.filter(subject_id=str(link.pk)).order_by("at").last()
        link.guessed_at = last.at if last else link.code_sent_at or link.made_at
        link.save(update_fields=["guessed_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_every_lock"),
        ("hard_media", "0025_wrong_codes_counted"),
    ]

    operations = [
        migrations.AddField(
            model_name="sharelink",
            name="guessed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="sharelink",
            index=models.Index(
                fields=["guessed_at"],
                condition=models.Q(("guessed_at__isnull", False)),
                name="links_closed_by_guesses",
            ),
        ),
        migrations.RunPython(say_when, migrations.RunPython.noop),
    ]
