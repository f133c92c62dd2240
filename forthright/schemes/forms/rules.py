"""Changing the time limits and the calendar, and asking when a letter would be due."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from forthright.cases.models import PersonToTell
from forthright.rules.words import capitalised, day_words, moment_at, time_words
from forthright.schemes.models import ClosedDay, RuleSet
from forthright.schemes.selectors.rule_drafts import CHANGEABLE, RuleDraft
from forthright.schemes.services import NewClosedDay
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import (
    ClockField,
    DayField,
    RadiosWithHints,
    ReasonField,
    WrittenField,
    with_real_hour,
)

NARROW = {"class": "govuk-input--width-3"}


def _days(label: str) -> forms.IntegerField:
    wrong = f"{label} must be a whole number from 1 to 60"
    return forms.IntegerField(
        label=label, min_value=1, max_value=60, widget=forms.NumberInput(attrs=NARROW),
        error_messages={
            "required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong,
        },
    )  # fmt: skip


def _capitalised(choices: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(value, capitalised(str(label))) for value, label in choices]


class CalculatorForm(forms.Form):
    """A decision as it might be made."""

    day = DayField(label="Day of the decision", error_messages={"required": "Enter the day"})
    hour = ClockField(label="Time of the decision", required=False,
                      help_text="For example, 4:55pm. Leave it empty if only the day is known.",
                      widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}))  # fmt: skip
    entitlement = forms.ChoiceField(
        label="Entitlement of the person", choices=PersonToTell.Entitlement.choices,
        widget=forms.RadioSelect, error_messages={"required": "Choose the entitlement"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse an hour that never was."""
        return with_real_hour(self, super().clean() or {})

    def decided_at(self) -> datetime:
        """Return the moment of the decision, or the day alone."""
        return moment_at(self.cleaned_data["day"], self.cleaned_data["hour"])


class RulesForm(forms.Form):
    """All that may be changed in the time limits, and why."""

    opened = opened_field()
    enhanced_days = _days("Working days for a person with enhanced entitlement")
    standard_days = _days("Working days for anybody else")
    cut_off = ClockField(
        label="Cut-off hour", required=False,
        help_text="A decision after this hour counts as made on the next working day. "
        "Leave it empty for none.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    day_one = forms.ChoiceField(
        label="First day counted",
        choices=_capitalised(RuleSet.DayOne.choices),
        widget=forms.RadioSelect,
    )
    measure = forms.ChoiceField(
        label="What stops the clock",
        choices=_capitalised(RuleSet.Measure.choices),
        widget=forms.RadioSelect,
    )
    dispute_working_days = _days("Working days to dispute a mark")
    in_force_from = DayField(
        label="In force for decisions made from",
        error_messages={"required": "Enter the day they come into force"},
    )
    source = WrittenField(
        label="Who decided this, or where is it written?", max_length=200,
        error_messages={"required": "Say who decided this, or where it is written"},
    )  # fmt: skip
    is_confirmed = forms.BooleanField(
        label="The Area has confirmed every setting here, changed or not", required=False
    )
    reason = ReasonField(
        label="Why are they changed?", max_length=250, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why they are changed"},
    )  # fmt: skip

    def draft(self) -> RuleDraft:
        """Return the answers as a draft of the next rule set."""
        answers = {**self.cleaned_data, "cut_off": self.cleaned_data["cut_off"] or None}
        del answers["opened"]
        return RuleDraft(**answers)


def rules_initial(draft: RuleDraft) -> dict[str, Any]:
    """Return what the form shows before anything is changed."""
    names = [name for name in RulesForm.base_fields if name != "opened"]
    return {name: getattr(draft, name) for name in names}


def left_alone(form: forms.Form, *, was: RuleDraft, now: RuleDraft) -> dict[str, Any]:
    """Return what stands now of each answer that is as it was when the page was opened."""
    return {
        name: form.fields[name].prepare_value(getattr(now, name)) or ""
        for name in CHANGEABLE
        if (form.cleaned_data[name] or None) == getattr(was, name)
    }


def answer_words(form: forms.Form, name: str, value: Any) -> str:
    """Return an answer as a page of answers to check says it."""
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, time):
        return time_words(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    choices = dict(getattr(form.fields[name], "choices", []))
    return str(choices.get(value, value if value is not None else "None"))


class ClosedDayForm(forms.Form):
    """A day that is not to count."""

    day = DayField(label="Day", error_messages={"required": "Enter the day"})
    name = WrittenField(
        label="What is it called?", max_length=100,
        help_text="For example, Bank holiday for the coronation",
        error_messages={"required": "Enter what the day is called"},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Why is it closed?", choices=ClosedDay.Kind.choices,
        widget=RadiosWithHints, error_messages={"required": "Choose why it is closed"},
    )  # fmt: skip
    source = WrittenField(
        label="Who says so?", max_length=200,
        help_text="For example, GOV.UK bank holidays, or the name of who decided it",
        error_messages={"required": "Enter who says so"},
    )  # fmt: skip

    def new_day(self) -> NewClosedDay:
        """Return the day to be closed."""
        return NewClosedDay(**self.cleaned_data)


class RemoveDayForm(forms.Form):
    """Why a day is to count after all."""

    reason = ReasonField(
        label="Why does this day count after all?", max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why"},
    )  # fmt: skip


class ExtendForm(forms.Form):
    """Up to when the calendar is to reach, and who says so."""

    until = DayField(
        label="New last day of the calendar",
        error_messages={"required": "Enter the day"},
    )
    source = WrittenField(
        label="Who says so?", max_length=200, help_text="For example, GOV.UK bank holidays",
        error_messages={"required": "Enter who says so"},
    )  # fmt: skip


class ShortenForm(forms.Form):
    """An earlier last day of the calendar, and why."""

    until = DayField(
        label="New last day of the calendar",
        error_messages={"required": "Enter the day"},
    )
    reason = ReasonField(
        label="Why does the calendar end earlier?", max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why"},
    )  # fmt: skip
