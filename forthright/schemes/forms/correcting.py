"""Corrections of the two facts that a due date is counted from."""

from django import forms

from forthright.cases.models import PersonToTell
from forthright.schemes.forms.recording import MomentForm
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import RadiosWithHints, ReasonField


class EntitlementForm(forms.Form):
    """What the person is entitled to, and what that rests on."""

    opened = opened_field()
    entitlement = forms.ChoiceField(
        label="Entitlement", choices=PersonToTell.Entitlement.choices, widget=RadiosWithHints,
        error_messages={"required": "Choose the entitlement"},
    )  # fmt: skip
    because = ReasonField(
        label="What does it rest on?", max_length=200,
        help_text="For example: the needs assessment recorded the person as vulnerable",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what the entitlement rests on"},
    )  # fmt: skip


class DecisionTimeForm(MomentForm):
    """When the decision was made, and why the time is changed."""

    opened = opened_field()
    reason = ReasonField(
        label="Why are you changing it?", max_length=300,
        help_text="For example: the court’s record says the afternoon of the day before",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why you are changing it"},
    )  # fmt: skip
