"""Who represents a defendant, since when, and putting that day right."""

from copy import deepcopy
from datetime import date
from typing import Any

from django import forms

from forthright.hard_media.forms.addresses import AsksWhetherWrong, old_was_wrong_field
from forthright.hard_media.forms.cases import odd_because_field
from forthright.hard_media.services.firm_days import Start
from forthright.hard_media.services.firms import Firm
from forthright.web.meanwhile import opened_field
from forthright.web.odd_days import AsksWhyOdd
from forthright.web.widgets import DayField, ReasonField, WrittenField

YES, NO = "YES", "NO"


class FirmForm(AsksWhetherWrong, AsksWhyOdd):
    """Who represents a defendant, or that nobody does.

    Whether it is the same firm as before is asked only once it was found to read like it, and
    whether its old address was wrong, only once something was found to have gone there.
    """

    opened = opened_field()

    who = forms.ChoiceField(
        label="Is the defendant represented?",
        choices=[("FIRM", "Yes, by a firm"), ("NOBODY", "No, by nobody")],
        widget=forms.RadioSelect,
    )
    firm = WrittenField(label="Firm", max_length=120, required=False)
    is_same = forms.ChoiceField(
        label="Is it the same firm?",
        choices=[
            (YES, "Yes: its name and address are put right, and what it was given stays with it"),
            (NO, "No, it is another firm"),
        ],
        widget=forms.RadioSelect,
    )
    contact = WrittenField(label="Named contact", max_length=120, required=False)
    email = forms.EmailField(label="Their e-mail address (CJSM)", required=False)
    old_was_wrong = old_was_wrong_field()
    starts_on = DayField(label="Since when?", error_messages={"required": "Enter the day"})
    odd_because = odd_because_field()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Ask whether it is the same firm only where the page that was sent asked."""
        super().__init__(*arguments, **named)
        if "is_same" not in self.data:
            del self.fields["is_same"]

    def ask_whether_same(self, words: str) -> None:
        """Ask whether it is the firm that is there, under why that is asked."""
        self.fields["is_same"] = deepcopy(self.base_fields["is_same"])
        self.order_fields(list(self.base_fields))
        self.add_error("is_same", words)

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
        is_same = said["is_same"] == YES if "is_same" in said else None
        return Firm(
            firm=said["firm"], contact=said["contact"], email=said["email"], starts_on=day,
            odd_because=because, is_same=is_same, old_was_wrong=self.is_old_wrong,
        )  # fmt: skip


class MistakeForm(forms.Form):
    """Why a firm was recorded by mistake."""

    opened = opened_field()

    reason = ReasonField(
        label="Why was it a mistake?", max_length=300,
        help_text="For example: it was entered for the wrong defendant. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it was a mistake"},
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
