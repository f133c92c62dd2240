"""Forms about a duty and its dates."""

from typing import Any

from django import forms

from forthright.cases.models import Defendant
from forthright.disclosure.models import DisclosureDuty, DutyDate, Serving
from forthright.rules.disclosure_limits import DisclosureLimit
from forthright.web.meanwhile import opened_field
from forthright.web.odd_days import AsksWhyOdd
from forthright.web.widgets import ClockField, DayField, RadiosWithHints, ReasonField, WrittenField

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


class CourtDateForm(AsksWhyOdd):
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
    ordered_on = DayField(
        label="On which day did the court order it? (optional)", required=False,
        help_text="Leave it empty where it was ordered today. An order counts from the day on "
        "which it was made, also where disclosure was served before you record it; of two orders "
        "of one date the later counts, whichever is recorded first.",
    )  # fmt: skip
    is_correction = forms.BooleanField(
        label="It corrects what was typed wrong of the last order of this date", required=False,
        help_text="Both days stay, with why. Where a figure becomes better by it, somebody else "
        "records it than who recorded the order or the service.",
    )  # fmt: skip
    reason = ReasonField(
        label="Why?", max_length=300, widget=forms.Textarea(attrs=WORDS),
        help_text="For example: ordered at the plea hearing on 5 October",
        error_messages={"required": "Write why"},
    )  # fmt: skip
    odd_because = ReasonField(
        label="Why is the day right all the same?", max_length=150, required=False,
        widget=forms.Textarea(attrs=WORDS),
        help_text="For example: the order says so, in paragraph 4",
    )  # fmt: skip

    def __init__(self, *arguments: Any, dates: list[DutyDate], **named: Any) -> None:
        """Offer the dates of the duty."""
        super().__init__(*arguments, **named)
        self.fields["key"].choices = [(each.key, each.title) for each in dates]  # type: ignore[attr-defined]


class TriggerForm(AsksWhyOdd):
    """A correction of what began a duty, or what changed of it since."""

    court = forms.ChoiceField(
        label="Before which court?", choices=DisclosureDuty.Court.choices,
        widget=forms.RadioSelect,
        help_text="Where the case was sent to another court, what the court before it ordered "
        "binds no more. Record what the new court orders by itself.",
        error_messages={"required": "Choose the court"},
    )  # fmt: skip
    moved_on = DayField(
        label="On which day did it come before that court? (only where it went to another since)",
        required=False,
        help_text="The day on which it was sent to the Crown Court; of a case that was sent back "
        "to magistrates, the day of the plea of not guilty there.",
    )  # fmt: skip
    triggered_on = DayField(
        label="The day on which the duty began",
        help_text="The day of sending to the Crown Court, or of the plea of not guilty before "
        "magistrates. Where the case went to another court since, leave it as it is.",
        error_messages={"required": "Enter the day"},
    )  # fmt: skip
    remand = forms.ChoiceField(
        label="Where does the defendant wait for trial?", choices=DisclosureDuty.Remand.choices,
        widget=forms.RadioSelect,
        help_text="Of a case that was sent to another court since, how they were sent there.",
    )  # fmt: skip
    changed_on = DayField(
        label="On which day did custody or bail change? (only where it did since)",
        required=False,
        help_text="Initial disclosure stays due by how the defendant was sent. The custody time "
        "limit counts from the day on which custody began.",
    )  # fmt: skip
    was_typed_wrong = forms.BooleanField(
        label="The court, custody or bail was typed wrong, and did not change since",
        required=False,
        help_text="Then by when disclosure was due is counted anew too, though it was served or "
        "its day is over. A day that is corrected always is. Where a change of court is recorded "
        "that never was, choose the court before it: the last change is taken back, and the day, "
        "custody or bail and what that court ordered stand as before. Where it is a change of "
        "custody or bail, the last one is taken back, and how the defendant was sent stays.",
    )  # fmt: skip
    reason = ReasonField(
        label="Why is it changed?", max_length=300, widget=forms.Textarea(attrs=WORDS),
        error_messages={"required": "Write why it is changed"},
    )  # fmt: skip
    odd_because = ReasonField(
        label="Why is the day right all the same?", max_length=150, required=False,
        widget=forms.Textarea(attrs=WORDS),
        help_text="For example: the plea was entered on 1 September, and nobody told us before",
    )  # fmt: skip


class LimitForm(forms.Form):
    """A change of one time limit."""

    opened = opened_field()
    days = forms.IntegerField(
        label="Days", min_value=0, max_value=1000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"required": "Enter the days", "invalid": "Days must be a whole number"},
    )  # fmt: skip
    until = ClockField(
        label="Until which time of a working day does it count on that day?",
        help_text="For example, 2:30pm or 14:30. At that minute it still does.",
        error_messages={"required": "Enter the time"},
    )  # fmt: skip
    applies_from = DayField(
        label="From which day does it apply?",
        help_text="Duties that begin on that day or later. Those that began before keep the limit "
        "that applied then, and so does each month that is over.",
        error_messages={"required": "Enter from which day it applies"},
    )  # fmt: skip
    is_correction = forms.BooleanField(
        label="The limit was wrong already, and this corrects it", required=False,
        help_text="Then the day may be past, and what was due by the wrong limit is counted anew. "
        "The figures of months that are over say which duties that moved, and why.",
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

    def __init__(self, *arguments: Any, limit: DisclosureLimit, **named: Any) -> None:
        """Ask for the time of service, or for the days of any other limit."""
        super().__init__(*arguments, **named)
        del self.fields["until" if limit.until is None else "days"]


class MendForm(forms.Form):
    """What was typed wrong, and as it should be."""

    what = forms.ChoiceField(
        label="What was typed wrong?", widget=forms.RadioSelect,
        error_messages={"required": "Choose what was typed wrong"},
    )  # fmt: skip
    day = DayField(
        label="The right day", required=False,
        help_text="Leave it empty where the way of a service alone was wrong.",
    )  # fmt: skip
    hour = ClockField(
        label="The right time (of a service, or of notice to the court)", required=False,
        help_text="For example, 4:55pm. Leave it empty where the time was right.",
    )  # fmt: skip
    method = forms.ChoiceField(
        label="The right way (of a service)", required=False,
        choices=[("", "The way was right"), *Serving.Method.choices],
        help_text="The days of the defence are counted by it.",
    )  # fmt: skip
    reason = ReasonField(
        label="Why is it corrected?", max_length=250, widget=forms.Textarea(attrs=WORDS),
        help_text="For example: the receipt is of 2 October",
        error_messages={"required": "Write why it is corrected"},
    )  # fmt: skip

    def __init__(self, *arguments: Any, choices: list[tuple[str, str]], **named: Any) -> None:
        """Offer what is recorded of the duty."""
        super().__init__(*arguments, **named)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the day, but where the way of a service alone was wrong."""
        said = super().clean() or {}
        method, what = said.get("method"), said.get("what") or ""
        if method and what and not what.startswith("service-"):
            self.add_error("method", "The way is that of a service. Choose the service above")
        is_way_alone = method and what.startswith("service-") and not said.get("hour")
        if said.get("day") is None and not self.has_error("day") and not is_way_alone:
            self.add_error("day", "Enter the right day")
        return said
