"""Lets the meetings whose packs nobody has opened ask each letter only what suits it."""

from django.db import migrations, models

# As they were asked without a theme on the day of this change.
OF_THE_OTHERS = [
    ["q7", "Would you have been content to be sent this letter?"],
    ["q8", "Is it free of words that only lawyers use?"],
]
ON_THE_RECORD = {
    "A1": "Is the letter addressed to the right person, in the name they use, at a safe address?",
    "A2": "Are the case, the offence, the defendant and the reference right, with nothing left to "
    "fill in?",
    "A9": "Does it agree with everything else the person has been told?",
    "B5": "Does it give the reason that the prosecutor recorded?",
}


def ask_by_letter(apps, schema_editor):
    """Ask as a meeting that is planned today does; what somebody began to answer stays."""
    rows = apps.get_model("panels", "Meeting").objects.filter(state__in=["PLANNED", "DRAWN"])
    for each in rows:
        each.asks_by_letter = True
        if each.scoring == "RUBRIC":
            each.questions = [
                [key, words] for key, words in each.questions if ON_THE_RECORD.get(key) != words
            ]
        elif each.theme:
            each.questions = [*each.questions, *OF_THE_OTHERS]
        each.save(update_fields=["asks_by_letter", "questions"])


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0011_hidden_when_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='asks_by_letter',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(ask_by_letter, migrations.RunPython.noop),
    ]
