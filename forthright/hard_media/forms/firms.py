"""Who represents a defendant, since when, and putting that day right."""

from datetime import date
from typing import Any

from django import forms

from forthright.hard_media.forms.cases import odd_because_field
from forthright.hard_media.services.firm_days import Start
from forthright.hard_media.services.firms import Firm
from forthright.web.meanwhile import opened_field
from forthright.web.odd_days import AsksWhyOdd
from forthright.web.widgets import DayField, ReasonField, WrittenField


class FirmForm(AsksWhyOdd):
    """Who represents a defendant, or that nobody does."""

    opened = opened_field()

    who = forms.ChoiceField(
        label="Is the defendant represented?",
        choices=[("FIRM", "Yes, by a firm"), ("NOBODY", "No, by nobody")],
        widget=forms.RadioSelect,
    )
    firm = WrittenField(label="Firm", max_length=120, required=False)
    contact = WrittenField(label="Named contact", max_length=120, required=False)
    email = forms.EmailField(label="Their e-mail address (CJSM)", required=False)
    starts_on = DayField(label="Since when?", error_messages={"required": "Enter the day"})
    odd_because = odd_because_field()

    def clean(self) -> dict[str, Any]:
        """Ask for the firm where there is one."""
        cleaned = super().clean() or {}
        if cleaned.get("who") == "FIRM" and not cleaned.get("firm", "").strip():
            self.add_error("firm", "Enter the name of the firm")
        return cleaned

    def new_firm(self) -> Firm:
        """Return who represents the defendant."""
        said = self.cleaned_data
        day: date = said["starts_on"]
        because = said.get("odd_because", "")
        if said["who"] == "NOBODY":
            return Firm(starts_on=day, odd_because=because)
        return Firm(
            firm=said["firm"], contact=said["contact"], email=said["email"], starts_on=day,
            odd_because=because,
        )  # fmt: skip


class StartForm(AsksWhyOdd):
    """The right day since when a defendant is represented so, and why the old one was wrong."""

    opened = opened_field()

    starts_on = DayField(label="Since when?", error_messages={"required": "Enter the right day"})
    reason = ReasonField(
        label="Why was the day wrong?", max_length=300,
        help_text="For example: the year was typed wrong. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why the day was wrong"},
    )  # fmt: skip
    odd_because = odd_because_field()

    @property
    def start(self) -> Start:
        """Return the right day, and why."""
        said = self.cleaned_data
        return Start(said["starts_on"], said["reason"], said.get("odd_because", ""))
