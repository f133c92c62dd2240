"""What a party gives that got a link."""

from typing import Any

from django import forms

from forthright.hard_media.forms.addresses import AsksWhetherWrong, old_was_wrong_field
from forthright.hard_media.forms.deciding import (
    Needed,
    asked_field,
    decided_in,
    leave_unused,
)
from forthright.web.widgets import WrittenField

# A day of one recording; what can have been played is far less, and is counted by the service.
MOST_SECONDS = 24 * 60 * 60


class CodeForm(forms.Form):
    """The code that was sent by e-mail."""

    code = WrittenField(
        label="Your code",
        max_length=20,
        help_text="Six digits, from the newest e-mail",
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-5",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
            }
        ),
        error_messages={"required": "Enter the code"},
    )


class AddressForm(AsksWhetherWrong):
    """Where the e-mail of a link goes, and of a firm's old address whether it was theirs."""

    email = forms.EmailField(
        label="E-mail address",
        error_messages={
            "required": "Enter the e-mail address",
            "invalid": "Enter an e-mail address, for example name@court.example",
        },
    )
    old_was_wrong = old_was_wrong_field()
    unused_too = forms.BooleanField(required=False, help_text="Needed before the link goes")
    unused_asked = asked_field()

    def __init__(self, *arguments: Any, unused: Needed, **named: Any) -> None:
        """Ask whether the court is to have what became unused since the link was made."""
        super().__init__(*arguments, **named)
        leave_unused(self, unused)

    def unused_decided(self) -> tuple[str, ...]:
        """Return of what was decided that the court is to have it, by its keys."""
        return decided_in(self.cleaned_data, "unused_too")


class WatchedForm(forms.Form):
    """How much of a recording a browser has played, in seconds; see services.links for the most.

    Or that nothing of it plays there.
    """

    seconds = forms.IntegerField(min_value=1, max_value=MOST_SECONDS, required=False)
    trouble = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse what says neither."""
        said = super().clean() or {}
        if not said.get("seconds") and not said.get("trouble"):
            raise forms.ValidationError("Say how much was played, or that it does not play.")
        return said
