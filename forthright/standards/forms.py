"""The forms of a draft edition: one criterion's words, and the adoption."""

from typing import Any

from django import forms

from forthright.rules.second_mark_numbers import SecondMarkNumbers, reach_of_number
from forthright.rules.words import uncapitalised
from forthright.standards.models import Criterion, Level
from forthright.standards.selectors import MARKED_LEVELS
from forthright.standards.services.marking_numbers import NumbersDraft
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import DayField, ReasonField, WrittenField


class CriterionForm(forms.Form):
    """The words of one criterion, with an anchor and an example for each level."""

    opened = opened_field()
    title = WrittenField(
        max_length=120, error_messages={"required": "Enter the title of the criterion"}
    )
    question = WrittenField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The one question that the marker answers.",
        error_messages={"required": "Enter the question that the marker answers"},
    )
    guidance = WrittenField(
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What to look at, and what to leave aside.",
        error_messages={"required": "Enter guidance for the marker"},
    )
    applies_when = WrittenField(
        max_length=200,
        required=False,
        label="When it applies",
        help_text="Leave this empty if it applies to every letter.",
    )
    is_critical = forms.BooleanField(
        required=False, label="Critical: a letter that fails this fails as a whole"
    )
    critical_because = ReasonField(
        max_length=300,
        required=False,
        label="Why it is critical",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed only for a critical criterion.",
    )

    def __init__(self, *arguments: Any, criterion: Criterion, **named: Any) -> None:
        """Add two boxes for each level the criterion has."""
        super().__init__(*arguments, **named)
        self.levels = [
            level for level in MARKED_LEVELS if criterion.anchors.filter(level=level).exists()
        ]
        for level in self.levels:
            self.fields[f"{level}_words"] = WrittenField(
                label=f"{level.label}: what it looks like",
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": f"Enter what “{level.label.lower()}” looks like"},
            )
            self.fields[f"{level}_example"] = WrittenField(
                label=f"{level.label}: an example",
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason when the criterion is critical."""
        cleaned = super().clean() or {}
        if cleaned.get("is_critical") and cleaned.get("critical_because") == "":
            self.add_error("critical_because", "Enter why failing this fails the letter")
        return cleaned

    def words_of_levels(self) -> dict[str, tuple[str, str]]:
        """Return each level's anchor and example."""
        cleaned = self.cleaned_data
        return {
            str(level): (cleaned[f"{level}_words"], cleaned[f"{level}_example"])
            for level in self.levels
        }


def criterion_initial(criterion: Criterion) -> dict[str, Any]:
    """Return a criterion's words as the form shows them."""
    initial = {
        name: getattr(criterion, name)
        for name in (
            "title", "question", "guidance", "applies_when", "is_critical", "critical_because"
        )
    }  # fmt: skip
    for anchor in criterion.anchors.all():
        initial[f"{Level(anchor.level)}_words"] = anchor.words
        initial[f"{Level(anchor.level)}_example"] = anchor.example
    return initial


class AdoptionForm(forms.Form):
    """From when an edition is in force, and why it was made."""

    in_force_from = DayField(
        label="First day in force",
        help_text="Letters marked from this day on are marked by the new words. "
        "For example, 1 11 2026.",
        error_messages={"required": "Enter the first day the edition is in force"},
    )
    reason = ReasonField(
        label="Why the standard changes",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Everybody who marks will read this. Do not name any victim.",
        error_messages={"required": "Enter why the standard changes"},
    )


class NumbersForm(forms.Form):
    """An Area's own numbers for second marks, leniency and faults that come again."""

    opened = opened_field()

    def __init__(self, *arguments: Any, numbers: SecondMarkNumbers, **named: Any) -> None:
        """Add a box for each number, and then from when, who decided it, and why."""
        super().__init__(*arguments, **named)
        for name, each in numbers.numbers.items():
            least, most = reach_of_number(name)
            self.fields[name] = forms.IntegerField(
                label=each.words, min_value=least, max_value=most, initial=each.value,
                help_text=f"{least} to {most}.",
                error_messages={
                    "required": f"Enter a number: {uncapitalised(each.words)}",
                    "min_value": f"{each.words}: {least} at least",
                    "max_value": f"{each.words}: {most} at most",
                },
            )  # fmt: skip
        self.names = list(numbers.numbers)
        self.fields["in_force_from"] = DayField(
            label="First day in force",
            error_messages={"required": "Enter the first day the numbers are in force"},
        )
        self.fields["source"] = WrittenField(
            max_length=200, label="Who decided it",
            help_text="For example: Area board, 3 November 2026.",
            error_messages={"required": "Enter who decided it"},
        )  # fmt: skip
        self.fields["is_confirmed"] = forms.BooleanField(
            required=False, label="The Area confirms all of these numbers"
        )
        self.fields["reason"] = ReasonField(
            label="Why",
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Everybody who marks may read this. Do not name anybody.",
            error_messages={"required": "Enter why the numbers change or are confirmed"},
        )

    def draft(self) -> NumbersDraft:
        """Return what was asked for."""
        cleaned = self.cleaned_data
        return NumbersDraft(
            values={name: cleaned[name] for name in self.names},
            in_force_from=cleaned["in_force_from"],
            source=cleaned["source"],
            is_confirmed=cleaned["is_confirmed"],
            reason=cleaned["reason"],
        )
