"""That a disc which stays missing is looked for no more, or again."""

from django import forms

from forthright.hard_media.models import WriteOff
from forthright.hard_media.services.write_offs import Decision
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import ReasonField


class WriteOffForm(forms.Form):
    """Why a disc is looked for no more, and what was done about it."""

    opened = opened_field()
    reason = ReasonField(
        label="Why is it looked for no more?",
        max_length=300,
        help_text="Where it was looked for, and what may have become of it. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is looked for no more"},
    )
    done = forms.MultipleChoiceField(
        label="What was done about it?",
        choices=WriteOff.Done.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what was done about it"},
    )

    def decision(self) -> Decision:
        """Return what was decided."""
        return Decision(**self.cleaned_data)


class LookAgainForm(forms.Form):
    """Why a disc that was written off is looked for again."""

    opened = opened_field()
    reason = ReasonField(
        label="Why is it looked for again?",
        max_length=300,
        help_text="For example: another disc was meant. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is looked for again"},
    )
