import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("DECISION", "Decision letter"),
    ("HOLDING", "Holding letter"),
    ("CORRECTION", "Correction letter"),
    ("COMPLAINT_REPLY", "Reply to a complaint"),
    ("REVIEW_REPLY", "Reply to a request for a review"),
    ("PRE_DECISION", "Letter before the decision"),
]


def a_moment():
    return models.DateTimeField(blank=True, null=True)


def a_person():
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def a_letter(**named):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="letters.letter", **named
    )


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0004_calls_and_dispatch"),
        ("schemes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            "letter",
            "duty",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schemes.duty"
            ),
        ),
        migrations.AlterModelOptions("letter", {"ordering": ["number"]}),
        migrations.AddField("letter", "number", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField(
            "letter", "kind", models.CharField(choices=KINDS, default="DECISION", max_length=20)
        ),
        migrations.AddField("letter", "begun_at", a_moment()),
        migrations.AddField("letter", "begun_by", a_person()),
        migrations.AddField("letter", "drafter", a_person()),
        migrations.AddField("letter", "drafted_at", a_moment()),
        migrations.AddField("letter", "sent_at", a_moment()),
        migrations.AddField("letter", "reached_at", a_moment()),
        migrations.AddField(
            "letter", "given_up_because", models.CharField(blank=True, max_length=500)
        ),
        migrations.AddField("letter", "given_up_at", a_moment()),
        migrations.AddField("letter", "given_up_by", a_person()),
        migrations.CreateModel(
            name="LetterFacts",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("facts", models.JSONField(default=dict)),
                ("written_at", models.DateTimeField()),
                ("written_by", models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL)),
                ("letter", a_letter()),
            ],
            options={"verbose_name_plural": "facts of letters", "ordering": ["-number"]},
        ),
        migrations.AddField("callattempt", "letter", a_letter(null=True)),
        migrations.AddField("contactoverride", "letter", a_letter(null=True)),
    ]  # fmt: skip
