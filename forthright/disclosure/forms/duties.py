"""Forms about a duty and its dates."""

from typing import Any

from django import forms

from forthright.cases.models import Defendant
from forthright.disclosure.models import DisclosureDuty, DutyDate
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import DayField, RadiosWithHints, ReasonField, WrittenField

WORDS = {"rows": 2}


class CaseForm(forms.Form):
    """The case whose duty begins."""

    urn = WrittenField(
        label="URN of the case", max_length=40, help_text="For example, 20AB0123426",
        error_messages={"required": "Enter the URN"},
    )  # fmt: skip


class StartForm(forms.Form):
    """For whom the duty begins, and by what."""

    defendant = forms.ModelChoiceField(
        label="Which defendant?", queryset=Defendant.objects.none(), widget=forms.RadioSelect,
        empty_label=None, error_messages={"required": "Choose the defendant"},
    )  # fmt: skip
    court = forms.ChoiceField(
        label="What began the duty?", widget=RadiosWithHints,
        choices=[("CROWN", "The case was sent to the Crown Court"),
                 ("MAGISTRATES", "A plea of not guilty in the magistrates’ court")],
        error_messages={"required": "Choose what began the duty"},
    )  # fmt: skip
    triggered_on = DayField(
        label="On which day?", help_text="For example, 1 9 2026.",
        error_messages={"required": "Enter the day"},
    )  # fmt: skip
    remand = forms.ChoiceField(
        label="Where does the defendant wait for trial?", choices=DisclosureDuty.Remand.choices,
        widget=forms.RadioSelect, error_messages={"required": "Choose custody or bail"},
    )  # fmt: skip

    def __init__(self, *arguments: Any, defendants: Any, **named: Any) -> None:
        """Offer the defendants of the case whose duty has not begun."""
        super().__init__(*arguments, **named)
        self.fields["defendant"].queryset = defendants  # type: ignore[attr-defined]


class CourtDateForm(forms.Form):
    """A date that a court set."""

    opened = opened_field()
    key = forms.ChoiceField(
        label="Which date?", widget=forms.RadioSelect,
        error_messages={"required": "Choose which date the court set"},
    )  # fmt: skip
    day = DayField(
        label="The day the court set", required=False,
        help_text="For example, 2 11 2026. Leave it empty to take an order back.",
    )  # fmt: skip
    reason = ReasonField(
        label="Why?", max_length=300, widget=forms.Textarea(attrs=WORDS),
        help_text="For example: ordered at the plea hearing on 5 October",
        error_messages={"required": "Write why"},
    )  # fmt: skip

    def __init__(self, *arguments: Any, dates: list[DutyDate], **named: Any) -> None:
        """Offer the dates of the duty."""
        super().__init__(*arguments, **named)
        self.fields["key"].choices = [(each.key, each.title) for each in dates]  # type: ignore[attr-defined]


class TriggerForm(forms.Form):
    """A correction of what began a duty."""

    triggered_on = DayField(label="The day on which the duty began",
                            error_messages={"required": "Enter the day"})  # fmt: skip
    remand = forms.ChoiceField(
        label="Where does the defendant wait for trial?", choices=DisclosureDuty.Remand.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = ReasonField(
        label="Why is it changed?", max_length=300, widget=forms.Textarea(attrs=WORDS),
        error_messages={"required": "Write why it is changed"},
    )  # fmt: skip


class LimitForm(forms.Form):
    """A change of one time limit."""

    days = forms.IntegerField(
        label="Days", min_value=1, max_value=1000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"required": "Enter the days", "invalid": "Days must be a whole number"},
    )  # fmt: skip
    source = WrittenField(
        label="Where does it stand?", max_length=300, help_text="The rule, guidance or agreement",
        error_messages={"required": "Enter where it stands"},
    )  # fmt: skip
    is_confirmed = forms.BooleanField(
        label="Our Area confirms this limit", required=False,
        help_text="Until then every date that rests on it says that it is unverified.",
    )  # fmt: skip
    reason = ReasonField(
        label="Why is it changed?", max_length=300, widget=forms.Textarea(attrs=WORDS),
        error_messages={"required": "Write why it is changed"},
    )  # fmt: skip
