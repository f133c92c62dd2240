"""One question at a time about a letter: when a step happened, why none is needed, who wrote it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from forthright.accounts.models import Area, User
from forthright.rules.words import list_words, moment_at
from forthright.schemes.services.recording import DRAFTERS
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import (
    ClockField,
    DayField,
    RadiosWithHints,
    ReasonField,
    with_real_hour,
)

QUESTIONS = {
    "told": "When was the Victim Liaison Unit told?",
    "explained": "When did the prosecutor’s explanation arrive?",
    "drafted": "When was the letter drafted?",
    "approved": "When was the letter approved?",
    "sent": "When was the letter sent?",
    "reached": "When did the letter reach the person?",
}
REASONS = {
    "OPTED_OUT": "The person asked not to be told",
    "DIED": "The person has died and nobody is to be told in their place",
    "DUPLICATE": "This person is owed the same letter already",
    "NOT_A_VICTIM": "This person is not a victim in this case",
    "DECISION_WITHDRAWN": "The decision was changed before anybody could be told",
    "OTHER": "Another reason",
}


class MomentForm(forms.Form):
    """When something happened: the day, and the hour where it is known."""

    day = DayField(label="Day", help_text="For example, 27 3 2026",
                   error_messages={"required": "Enter the day"})  # fmt: skip
    hour = ClockField(
        label="Time", required=False,
        help_text="For example, 4:55pm. Leave it empty if only the day is known.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse an hour that never was."""
        return with_real_hour(self, super().clean() or {})

    def moment(self) -> datetime:
        """Return the moment, or the day alone where the hour is not known."""
        return moment_at(self.cleaned_data["day"], self.cleaned_data["hour"])


class StageForm(MomentForm):
    """The day and hour of a step; a correction, or a gap before it, must say why."""

    opened = opened_field()
    reason = ReasonField(
        label="Why are you changing it?", max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why you are changing it"},
    )  # fmt: skip

    def __init__(
        self, *arguments: Any, is_correction: bool, asks_when: bool = True,
        missing: Sequence[str] = (), **named: Any,
    ) -> None:  # fmt: skip
        """Ask for a reason only where something is recorded already, or steps before it are not.

        Whoever may only take a step back is not asked when it happened.
        """
        super().__init__(*arguments, **named)
        self.asks_when = asks_when
        if not asks_when:
            del self.fields["day"], self.fields["hour"]
            self.fields["reason"].label = "Why is it taken back?"
            self.fields["reason"].error_messages["required"] = "Say why it is taken back"
            return
        self.fields["hour"].widget.attrs["class"] = "govuk-input--width-10"
        if missing:
            reason = self.fields["reason"]
            reason.label = f"Why is it not known when the letter was {list_words(missing)}?"
            reason.help_text = "For example: only the day it was sent was kept"
            reason.error_messages["required"] = f"Say why it is not known when it was {missing[0]}"
        elif not is_correction:
            del self.fields["reason"]


class NotRequiredForm(forms.Form):
    """Why no letter is required."""

    reason = forms.ChoiceField(
        label="Why is no letter required?", choices=[*REASONS.items()], widget=RadiosWithHints,
        error_messages={"required": "Choose why no letter is required"},
    )  # fmt: skip
    other = ReasonField(
        label="If another reason, what is it?", required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for words where no ready reason fits."""
        cleaned = super().clean() or {}
        # Absent where it is refused already, with what is wrong with it.
        if cleaned.get("reason") == "OTHER" and cleaned.get("other") == "":
            self.add_error("other", "Say what the other reason is")
        return cleaned

    def reason_words(self) -> str:
        """Return the reason as it is kept."""
        chosen, other = self.cleaned_data["reason"], self.cleaned_data["other"]
        if chosen == "OTHER":
            return str(other)
        return f"{REASONS[chosen]}. {other}".strip()


class ReasonForm(forms.Form):
    """A reason in the person's own words."""

    reason = ReasonField(
        label="Why is the letter required after all?", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why"},
    )  # fmt: skip


class DrafterForm(forms.Form):
    """Who drafted the letter."""

    opened = opened_field()
    drafter = forms.ModelChoiceField(
        label="Drafter", queryset=User.objects.none(), empty_label="Choose a person",
        error_messages={"required": "Choose who drafted the letter"},
    )  # fmt: skip

    def __init__(self, *arguments: Any, area: Area, **named: Any) -> None:
        """Offer the people of the Area who draft letters."""
        super().__init__(*arguments, **named)
        people = User.objects.filter(area=area, role__in=DRAFTERS)
        self.fields["drafter"].queryset = people  # type: ignore[attr-defined]
