"""The forms by which rules of the checks are changed."""

from django import forms

from forthright.rules.letter_checks.rule import Level, Rule
from forthright.rules.letter_checks.rule_files import LARGEST_FILE
from forthright.rules.letter_checks.rule_set import OFF
from forthright.web.widgets import RadiosWithHints, ReasonField

LEVELS = {
    Level.STOP: "Stop: the letter cannot go out before it is mended or overruled by name",
    Level.WARN: "Warning: the writer weighs it",
    Level.ADVISE: "Advice: it may help the writer",
}


def reason_field(label: str) -> forms.CharField:
    """Return a box for the reason of a change."""
    return ReasonField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever adopts it reads this. Do not name any victim.",
        error_messages={"required": "Say why"},
    )


class RuleChangeForm(forms.Form):
    """Another level for one rule, or none."""

    level = forms.ChoiceField(
        label="From then on it is",
        widget=RadiosWithHints,
        error_messages={"required": "Choose what the rule is to be"},
    )
    reason = reason_field("Why does it change?")

    def __init__(self, *arguments: object, rule: Rule, **named: object) -> None:
        """Offer every level but the one it has, and to switch it off."""
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        offered = [
            (level.value, words)
            for level, words in LEVELS.items()
            if level != rule.level and (level is not Level.STOP or rule.may_stop)
        ]
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            *offered, (OFF, "Switched off: nobody looks for it"),
        ]  # fmt: skip


class RuleUploadForm(forms.Form):
    """A file of rules, or a folder of them."""

    file = forms.FileField(
        label="The rules",
        help_text=(
            "One .toml file, which takes the place of the file of that name or is added. Or a "
            f".zip of a whole folder, which takes the place of all. {LARGEST_FILE // 1000:,} "
            "kilobytes at most."
        ),
        error_messages={
            "required": "Choose the file of rules",
            "empty": "The file is empty. Save it again.",
        },
    )
    reason = reason_field("Why do the rules change?")


class ReasonForm(forms.Form):
    """Why rules are to be as they were, or a proposal is not adopted."""

    reason = reason_field("Why?")


class AdoptForm(forms.Form):
    """Why a set may be adopted although it weakens what protects a person."""

    although = ReasonField(
        label="Why are letters safe without these stops?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody who opens this set of rules reads it.",
    )
