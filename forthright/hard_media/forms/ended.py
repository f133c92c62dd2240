"""That a case has ended for a defendant, and that it goes on."""

from django import forms

from forthright.hard_media.services.ended import End
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import DayField, ReasonField


class EndForm(forms.Form):
    """On which day the case ended for a defendant, and how."""

    opened = opened_field()

    ended_on = DayField(
        label="On which day did it end?", error_messages={"required": "Enter the day it ended"}
    )
    reason = ReasonField(
        label="How did it end?", max_length=300,
        help_text="For example: discontinued, no evidence offered. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say how it ended"},
    )  # fmt: skip

    @property
    def end(self) -> End:
        """Return on which day it ended, and how."""
        return End(self.cleaned_data["ended_on"], self.cleaned_data["reason"])


class GoesOnForm(forms.Form):
    """Why the case goes on for a defendant after all, and which end of it the page showed."""

    opened = opened_field()
    is_undone = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    reason = ReasonField(
        label="Why does it go on?", max_length=300,
        help_text="For example: it was the other defendant, or the day is wrong: then say it anew "
        "with the right one.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why the case goes on"},
    )  # fmt: skip
