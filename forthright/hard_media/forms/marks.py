"""What is seen or heard at a moment of a recording."""

from typing import Any

from django import forms

from forthright.hard_media.services.marks import LEAST
from forthright.rules.media_clock import NotATime, clock_words, read_clock
from forthright.web.widgets import ReasonField, WrittenField


class MarkForm(forms.Form):
    """A moment, and what is seen or heard there."""

    at = WrittenField(
        label="Time in the recording",
        max_length=20,
        help_text="As the player shows it, for example 0:12:30",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": "Enter the time"},
    )
    note = ReasonField(
        least=LEAST,
        label="What is seen or heard then?",
        max_length=500,
        error_messages={"required": "Say what is seen or heard"},
    )

    def __init__(self, *arguments: Any, length: float | None = None, **named: Any) -> None:
        """Take times up to the end, where that is known."""
        super().__init__(*arguments, **named)
        self.length = length

    def clean_at(self) -> float:
        """Return the seconds, or say how a time is written."""
        try:
            seconds = read_clock(self.cleaned_data["at"])
        except NotATime as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if self.length is not None and seconds > self.length:
            raise forms.ValidationError(f"The recording ends at {clock_words(self.length)}")
        return seconds
