"""Corrections of the two facts that a due date is counted from."""

from datetime import datetime

from django import forms

from forthright.cases.models import PersonToTell
from forthright.rules.words import moment_at
from forthright.web.widgets import ClockField, DayField, RadiosWithHints


class EntitlementForm(forms.Form):
    """What the person is entitled to, and what that rests on."""

    entitlement = forms.ChoiceField(
        label="Entitlement", choices=PersonToTell.Entitlement.choices, widget=RadiosWithHints,
        error_messages={"required": "Choose the entitlement"},
    )  # fmt: skip
    because = forms.CharField(
        label="What does it rest on?", max_length=200,
        help_text="For example: the needs assessment recorded the person as vulnerable",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what the entitlement rests on"},
    )  # fmt: skip


class DecisionTimeForm(forms.Form):
    """When the decision was made, and why the time is changed."""

    day = DayField(label="Day", help_text="For example, 27 3 2026",
                   error_messages={"required": "Enter the day"})  # fmt: skip
    hour = ClockField(
        label="Time", required=False,
        help_text="For example, 4:55pm. Leave it empty if only the day is known.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why are you changing it?", max_length=300,
        help_text="For example: the court’s record says the afternoon of the day before",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why you are changing it"},
    )  # fmt: skip

    def made_at(self) -> datetime:
        """Return the moment, or the day alone where the hour is not known."""
        return moment_at(self.cleaned_data["day"], self.cleaned_data["hour"])
