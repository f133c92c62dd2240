"""Forms about what is recorded of a duty and never was."""

from typing import Any

from django import forms

from forthright.web.widgets import ReasonField

WORDS = {"rows": 2}


class TakeBackForm(forms.Form):
    """What never was, and why."""

    what = forms.ChoiceField(
        label="Which of these?", widget=forms.RadioSelect,
        error_messages={"required": "Choose what never happened"},
    )  # fmt: skip
    reason = ReasonField(
        label="Why is it taken back?", max_length=250, widget=forms.Textarea(attrs=WORDS),
        help_text="For example: served on the co-defendant Marsden and recorded here by mistake; "
        "nothing was served at all; the statement is Marsden’s",
        error_messages={"required": "Write why it is taken back"},
    )  # fmt: skip

    def __init__(self, *arguments: Any, choices: list[tuple[str, str]], **named: Any) -> None:
        """Offer what is recorded of the duty."""
        super().__init__(*arguments, **named)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Why something stays as it is recorded."""

    reason = ReasonField(
        label="Why does it stay as it is recorded?", max_length=300,
        widget=forms.Textarea(attrs=WORDS),
        help_text="For example: the receipt names this defendant",
        error_messages={"required": "Write why it stays as it is recorded"},
    )  # fmt: skip
