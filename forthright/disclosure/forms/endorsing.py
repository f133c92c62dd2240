"""Forms of the endorsing grid."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from forthright.disclosure.services.endorsing import Written
from forthright.rules.endorsements import OPEN_CODES, Beside, Endorsed
from forthright.rules.written import cleaned
from forthright.web.meanwhile import opened_field
from forthright.web.numbers import number_of
from forthright.web.odd_days import AsksWhyOdd
from forthright.web.widgets import DayField, ReasonField


class SetAsideForm(AsksWhyOdd):
    """Why disclosure does not wait for an item."""

    reason = ReasonField(
        label="Why can disclosure not wait for it?", max_length=500, least=10,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why disclosure cannot wait for it"},
    )  # fmt: skip
    decide_by = DayField(
        label="By which day is it decided?", error_messages={"required": "Enter the day"}
    )  # fmt: skip
    odd_because = ReasonField(
        label="Why is the day right all the same?", max_length=150, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: the court rules on it on 3 November",
    )  # fmt: skip

    def __init__(self, *arguments: Any, is_nearer: bool, **named: Any) -> None:
        """Ask why disclosure does not wait, or why a day that was kept is brought nearer."""
        super().__init__(*arguments, **named)
        if is_nearer:
            self.fields["reason"].label = "Why is the day nearer?"


class TakeDecisionBackForm(forms.Form):
    """Why a decision on an item is taken back."""

    opened = opened_field()
    reason = ReasonField(
        label="Why is nothing decided of it yet?", max_length=500, least=10,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why the decision is taken back"},
    )  # fmt: skip


class RulingForm(forms.Form):
    """What a court ruled on immunity."""

    is_granted = forms.TypedChoiceField(
        label="What did the court rule?", widget=forms.RadioSelect,
        coerce=lambda said: said == "GRANTED",
        choices=[("GRANTED", "Immunity is granted: it is not disclosed"),
                 ("REFUSED", "Immunity is refused: it is disclosed, or the case does not go on")],
        error_messages={"required": "Choose what the court ruled"},
    )  # fmt: skip
    ruled_on = DayField(
        label="On which day?", error_messages={"required": "Enter the day of the ruling"}
    )
    reason = ReasonField(
        label="What did the court order?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what the court ordered"},
    )  # fmt: skip


class BesideForm(forms.Form):
    """What an item is beside what was served of it in other words, and how it is endorsed then."""

    opened = opened_field()
    beside = forms.TypedChoiceField(
        label="What is it, beside what was served?", widget=forms.RadioSelect,
        coerce=Beside, empty_value=None,
        choices=[(Beside.SAME.value, "It says the same: the defence has it, so it does not go"),
                 (Beside.MORE.value, "There is more in it than was served: it goes again"),
                 (Beside.OTHER.value, "It is another thing, which the police wrote in its place")],
        error_messages={"required": "Choose what it is beside what was served"},
    )  # fmt: skip
    code = forms.ChoiceField(
        label="How is it endorsed?", widget=forms.RadioSelect,
        choices=[(each.value, f"{each.value}: {each.words}")
                 for each in OPEN_CODES if each is not Endorsed.QUERY],
        error_messages={"required": "Choose how it is endorsed"},
    )  # fmt: skip
    reason = ReasonField(
        label="Why?", max_length=500, least=10, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why: what it is beside what was served"},
    )  # fmt: skip
    inspected = ReasonField(
        label="Who viewed or listened to it, and when?", max_length=300, required=False
    )

    def __init__(self, *arguments: Any, is_recording: bool, **named: Any) -> None:
        """Ask who viewed it of a recording alone."""
        super().__init__(*arguments, **named)
        if not is_recording:
            del self.fields["inspected"]


def written_in(posted: QueryDict) -> Iterator[Written]:
    """Yield each row of the grid on which something was written, or taken away, as it was sent."""
    for name in posted:
        place = name.removeprefix("code_")
        if not name.startswith("code_") or number_of(place) is None:
            continue
        row = written_row(posted, place)
        if row.code or cleaned(row.reason) or cleaned(row.inspected) or row.opened not in {"", "0"}:
            yield row


def written_row(posted: QueryDict, place: str) -> Written:
    """Return one row of the grid as it was sent."""
    return Written(
        item_id=int(place),
        code=posted.get(f"code_{place}", ""),
        reason=posted.get(f"reason_{place}", ""),
        inspected=posted.get(f"inspected_{place}", ""),
        opened=posted.get(f"opened_{place}", ""),
        is_same_reason=f"same_{place}" in posted,
    )


def numbers_in(posted: QueryDict, name: str) -> frozenset[int]:
    """Return the numbers that were ticked under a name; anything else is left out."""
    numbers = (number_of(each) for each in posted.getlist(name))
    return frozenset(each for each in numbers if each is not None)
