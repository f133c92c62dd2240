import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def part_newest(apps, schema_editor):
    """Keep what the defence is told apart from what was answered before, as it was written then."""
    rows = apps.get_model("disclosure", "DefenceRequest").objects.exclude(answer="")
    for each in rows.filter(answered_at__isnull=False).iterator():
        day = timezone.localtime(each.answered_at).date()
        each.newest = each.answer.rpartition(f"\n{day:%A} {day.day} {day:%B %Y}: ")[2]
        each.save(update_fields=["newest"])


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0021_the_order_made_last_counts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="defencerequest",
            name="newest",
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name="AnswersSending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("DCS", "Crown Court Digital Case System, section UND2"),
                            ("COMMON_PLATFORM", "Common Platform, unused material"),
                            ("LINK", "Secure link"),
                            ("CJSM", "Secure e-mail (CJSM)"),
                            ("POST", "Post"),
                            ("HAND", "By hand"),
                        ],
                        max_length=20,
                    ),
                ),
                ("proof", models.CharField(max_length=300)),
                ("sent_at", models.DateTimeField()),
                ("papers", models.JSONField(default=dict)),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sendings",
                        to="disclosure.disclosureduty",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "serving",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disclosure.serving",
                    ),
                ),
            ],
            options={
                "ordering": ["sent_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SentAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answered_at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sent",
                        to="disclosure.defencerequest",
                    ),
                ),
                (
                    "sending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="disclosure.answerssending",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("sending"), models.F("request"), name="answer_sent_once"
                    )
                ],
            },
        ),
        migrations.RunPython(part_newest, migrations.RunPython.noop),
    ]
