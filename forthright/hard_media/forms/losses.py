"""That a disc is known to be lost."""

from django import forms

from forthright.hard_media.services.losses import Lost
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import DayField, ReasonField, WrittenField


class LossForm(forms.Form):
    """When it was noticed that a disc is lost, how that is known, and who had it last."""

    opened = opened_field()
    noticed_on = DayField(
        label="When was it noticed?", error_messages={"required": "Enter the day"}
    )
    how_known = ReasonField(
        label="How is it known?",
        max_length=300,
        help_text="For example: it was left in a taxi; the court looked for it and says that it "
        "has it no more",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say how it is known"},
    )
    had_last = WrittenField(
        label="Who had it last, or where did it lie?",
        max_length=120,
        help_text="For example: Courtroom 3, or PC 1177 on the way to court",
        error_messages={"required": "Say who had it last, or where it lay"},
    )

    def lost(self) -> Lost:
        """Return what was written."""
        return Lost(**self.cleaned_data)
