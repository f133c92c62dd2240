import django.db.models.deletion
from django.db import migrations, models


def a_letter():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="letters.letter"
    )


class Migration(migrations.Migration):
    dependencies = [("letters", "0006_letters_of_calls")]

    operations = [
        migrations.RemoveConstraint("callattempt", "call_once_by_number"),
        migrations.RemoveConstraint("contactoverride", "contact_override_once"),
        migrations.RemoveField("callattempt", "duty"),
        migrations.RemoveField("contactoverride", "duty"),
        migrations.AlterField("callattempt", "letter", a_letter()),
        migrations.AlterField("contactoverride", "letter", a_letter()),
        migrations.AddConstraint(
            "callattempt",
            models.UniqueConstraint(
                models.F("letter"), models.F("number"), name="call_once_by_number"
            ),
        ),
        migrations.AddConstraint(
            "contactoverride",
            models.UniqueConstraint(
                models.F("letter"), models.F("what"), name="contact_override_once"
            ),
        ),
        migrations.AddConstraint(
            "letter",
            models.UniqueConstraint(
                models.F("duty"), models.F("number"), name="letter_once_by_number"
            ),
        ),
        migrations.AddConstraint(
            "letter",
            models.CheckConstraint(
                condition=models.Q(kind="DECISION", number=1)
                | (~models.Q(kind="DECISION") & models.Q(number__gt=1)),
                name="first_letter_says_the_decision",
            ),
        ),
        migrations.AddConstraint(
            "letterfacts",
            models.UniqueConstraint(
                models.F("letter"), models.F("number"), name="letter_facts_once"
            ),
        ),
    ]
