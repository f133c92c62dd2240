"""Forms about approval, service, and what the defence and the court did."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django import forms

from forthright.disclosure.models import DefenceRequest, Serving
from forthright.disclosure.selectors.broken import Broken
from forthright.disclosure.selectors.standings import Line
from forthright.rules.words import capitalised, moment_at
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import (
    ClockField,
    DayField,
    ProofField,
    ReasonField,
    WrittenField,
    with_real_hour,
)

WORDS = {"rows": 2}
WENT, STAYED = "WENT", "STAYED"


class DayAndHour(forms.Form):
    """When something was done."""

    day = DayField(label="On which day?", error_messages={"required": "Enter the day"})
    hour = ClockField(
        label="At what time?", help_text="For example, 4:55pm",
        error_messages={"required": "Enter the time"},
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Refuse an hour that there was not."""
        return with_real_hour(self, super().clean() or {})

    def moment(self) -> datetime:
        """Return the moment."""
        return moment_at(self.cleaned_data["day"], self.cleaned_data["hour"])


class ServeForm(DayAndHour):
    """How disclosure was served, and what proves it."""

    opened = opened_field()
    method = forms.ChoiceField(
        label="How was it served?", choices=Serving.Method.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was served"},
    )  # fmt: skip
    proof = ProofField(
        label="What proves it?", max_length=300,
        help_text="For example: the receipt number, or who took it. It stays with the prosecution.",
        error_messages={"required": "Write what proves it"},
    )  # fmt: skip

    went_past = ReasonField(
        max_length=500, required=False, widget=forms.Textarea(attrs=WORDS),
        help_text="Leave this empty if it went before that came, or once it was taken in or sent "
        "back. It stands with the service on the page of the duty: tell nothing of sensitive "
        "material.",
    )  # fmt: skip

    def __init__(self, *args: Any, waited: str = "", **named: Any) -> None:
        """Ask why it went past what came on some days and waited, where something did."""
        super().__init__(*args, **named)
        if not waited:
            del self.fields["went_past"]
            return
        asks = f"If it went while what came ({waited}) waited to be taken in: why did it go?"
        self.fields["went_past"].label = asks


class AnswersSentForm(ServeForm):
    """How answers to the defence statement were sent, and what proves it."""

    def __init__(self, *args: Any, broken: Collection[Broken] = (), **named: Any) -> None:
        """Ask what is asked of a service, and of each answer that was not to go whether it did."""
        super().__init__(*args, **named)
        self.fields["method"].label = "How were they sent?"
        self.fields["method"].error_messages["required"] = "Choose how they were sent"
        self._asked = [each.request for each in broken]
        for each in broken:
            self.fields[f"went_{each.request}"] = forms.ChoiceField(
                label=f"Did the answer to request {each.number} go with them?",
                widget=forms.RadioSelect, help_text=f"{capitalised(each.stands)}.",
                choices=[(STAYED, "No, it did not go"),
                         (WENT, "Yes, it went as it stands: it promised the item")],
                error_messages={
                    "required": f"Say whether the answer to request {each.number} went"
                },
            )  # fmt: skip

    def unsaid(self) -> dict[str, str]:
        """Return what is sent where nobody says of any answer whether it went."""
        return {f"went_{pk}": "" for pk in self._asked}

    def said_of(self, choice: str) -> frozenset[int]:
        """Return the requests of which this was said."""
        said = self.cleaned_data
        return frozenset(pk for pk in self._asked if said[f"went_{pk}"] == choice)


class SendBackForm(forms.Form):
    """What is to be looked at again."""

    reason = ReasonField(
        label="What should be looked at again?", max_length=500,
        widget=forms.Textarea(attrs=WORDS),
        help_text="Name items by number; name no person.",
        error_messages={"required": "Write what should be looked at again"},
    )  # fmt: skip


class StatementForm(forms.Form):
    """A defence statement, and what it asks for."""

    opened = opened_field()
    received_on = DayField(
        label="On which day did it come?", error_messages={"required": "Enter the day"}
    )
    requests = WrittenField(
        label="What does it ask for? (optional)", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="One request a line. Each is answered by itself.",
    )  # fmt: skip


class AnswerRequestForm(forms.Form):
    """What comes of one request of the defence."""

    opened = opened_field()
    outcome = forms.ChoiceField(
        label="What comes of it?", widget=forms.RadioSelect,
        choices=[each for each in DefenceRequest.Outcome.choices if each[0] != "OPEN"],
        error_messages={"required": "Choose what comes of it"},
    )  # fmt: skip
    items = forms.MultipleChoiceField(
        label="Which items are to be disclosed?", required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only where something is to be disclosed. Where no item is ticked, the request "
        "is owed until you name one here, and the duty cannot be closed.",
    )  # fmt: skip
    answer = ReasonField(
        label="The answer", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="As the defence will read it. Of a line that is part of the request above, why: "
        "the defence reads the line there.",
        error_messages={"required": "Write the answer"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, asked: DefenceRequest, lines: Sequence[Line], hidden: Collection[int],
        **named: Any,
    ) -> None:  # fmt: skip
        """Offer the items that were said to be disclosed; some without their words."""
        super().__init__(*args, **named)
        if asked.number == 1:
            outcomes = self.fields["outcome"]
            part = DefenceRequest.Outcome.PART_OF_ABOVE
            outcomes.choices = [  # type: ignore[attr-defined]
                each
                for each in outcomes.choices  # type: ignore[attr-defined]
                if each[0] != part
            ]
        if not lines:
            del self.fields["items"]
            return
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (str(line.item.pk), f"{line.standing.named}: {_words(line, hidden)}") for line in lines
        ]

    def items_chosen(self) -> list[int]:
        """Return the ids of the ticked items."""
        return [int(each) for each in self.cleaned_data.get("items", [])]


class EndForm(forms.Form):
    """When and how a case ended."""

    ended_on = DayField(
        label="On which day did the case end for this defendant?",
        help_text="For example, 5 10 2026. For a duty that was begun by mistake, the day it began.",
        error_messages={"required": "Enter the day"},
    )  # fmt: skip
    reason = ReasonField(
        label="How did it end?", max_length=300, widget=forms.Textarea(attrs=WORDS),
        help_text="For example: pleaded guilty; discontinued; the duty was begun by mistake",
        error_messages={"required": "Write how it ended"},
    )  # fmt: skip


def _words(line: Line, hidden: Collection[int]) -> str:
    is_hidden = line.item.pk in hidden
    return "its words are for the lawyers of the unit" if is_hidden else line.item.description


class CloseForm(forms.Form):
    """Why a duty ends."""

    reason = ReasonField(
        label="Why does the duty end?", max_length=300, widget=forms.Textarea(attrs=WORDS),
        help_text="For example: found guilty on 4 October 2026",
        error_messages={"required": "Write why the duty ends"},
    )  # fmt: skip


class OpenAgainForm(forms.Form):
    """Why a closed duty is opened again."""

    reason = ReasonField(
        label="Why is it opened again?", max_length=300, widget=forms.Textarea(attrs=WORDS),
        help_text="For example: closed for the wrong defendant; a retrial was ordered on 4 October",
        error_messages={"required": "Write why it is opened again"},
    )  # fmt: skip
