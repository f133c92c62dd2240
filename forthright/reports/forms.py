"""What a person asks for when they make a report by hand."""

from typing import Any

from django import forms

from forthright.rules.weeks import Week


class MakeReport(forms.Form):
    """Which week, and whether it goes out by e-mail."""

    week = forms.TypedChoiceField(
        label="Which week?",
        help_text="The week in which the letters fell due.",
    )
    is_to_be_sent = forms.BooleanField(
        label="Send it by e-mail to the senior managers", required=False
    )

    def __init__(self, *arguments: Any, weeks: list[Week], **named: Any) -> None:
        """Offer these weeks, the newest first."""
        super().__init__(*arguments, **named)
        field = self.fields["week"]
        field.choices = [(str(week), week.words) for week in weeks]  # type: ignore[attr-defined]
