"""Discs and sticks, stock-takes, and the settings of the room."""

from typing import TYPE_CHECKING, Any, cast

from django import forms

from forthright.accounts.models import Unit
from forthright.hard_media.forms.deciding import (
    Needed,
    asked_field,
    asked_in,
    leave_hidden,
    leave_unused,
)
from forthright.hard_media.models import Carrier, MediaItem
from forthright.hard_media.services.going_to import Hands
from forthright.rules.media_hands import BUT_THE_DEFENCE, Receiver
from forthright.rules.media_states import CarrierEvent
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import DayField, ReasonField, WrittenField

if TYPE_CHECKING:
    from django.db.models import QuerySet

NARROW = {"class": "govuk-input--width-3"}
# Whoever of these gets a disc may have to be told from a party, whatever is on it.
ASKED_BY_NAME = (*BUT_THE_DEFENCE, Receiver.OTHER)
MEDIUM = {"class": "govuk-input--width-20", "autocomplete": "off"}


class ScanForm(forms.Form):
    """A barcode as a reader types it, with Enter at its end."""

    barcode = WrittenField(
        label="Barcode",
        max_length=40,
        help_text="Scan the label, or type what stands beneath its code",
        widget=forms.TextInput(attrs=MEDIUM),
        error_messages={"required": "Scan or type a barcode"},
    )

    def __init__(self, *arguments: Any, is_first: bool = False, **named: Any) -> None:
        """Put the cursor into the box where one disc after another is scanned."""
        super().__init__(*arguments, **named)
        if is_first:
            self.fields["barcode"].widget.attrs["autofocus"] = True


class DiscRightForm(forms.Form):
    """What was recorded of a disc by mistake, put right, and why it was wrong."""

    opened = opened_field()
    barcode = WrittenField(
        label="Barcode",
        max_length=40,
        widget=forms.TextInput(attrs=MEDIUM),
        error_messages={"required": "Enter the barcode that is on it"},
    )
    received_on = DayField(
        label="Day it came",
        help_text="The recordings that came with it came on that day too, unless they came earlier "
        "another way",
        error_messages={"required": "Enter the day on which it came"},
    )
    not_on_it = forms.ModelMultipleChoiceField(
        label="Which of these are not on it?",
        queryset=MediaItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What came with it alone is waited for again. What was viewed, classified or "
        "shared since stays, and so does all of it while it is with a party.",
    )
    reason = ReasonField(
        label="Why was it wrong?",
        max_length=300,
        help_text="For example: the label was read wrong. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it was wrong"},
    )

    def __init__(
        self, *arguments: Any, disc: Carrier, theirs: "QuerySet[MediaItem]", **named: Any
    ) -> None:
        """Offer what is recorded as on the disc.

        :param theirs: what is on it and of their unit, so that they may say that it is not
        """
        first = {"barcode": disc.barcode, "received_on": disc.received_on}
        super().__init__(*arguments, **{**named, "initial": {**first, **named.get("initial", {})}})
        field = cast("forms.ModelMultipleChoiceField[MediaItem]", self.fields["not_on_it"])
        field.queryset = theirs.select_related("case")
        if not theirs.exists():
            del self.fields["not_on_it"]


class HandsForm(forms.Form):
    """Who gets a disc; a sensitive recording goes to the police or this unit only."""

    opened = opened_field()
    to_kind = forms.ChoiceField(
        label="Who gets it?",
        choices=[(each.value, each.words) for each in Receiver if each is not Receiver.NOT_SAID],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who gets it",
            "invalid_choice": "Choose who gets it from this list",
        },
    )
    unknown_because = WrittenField(
        label="Nobody has recorded what is on it. Why may it go there all the same?",
        max_length=200,
        required=False,
        help_text="Needed unless it goes to the police or stays with this unit",
    )
    named_because = WrittenField(
        label="Why is it not with a party, or not with the defence?",
        max_length=200,
        required=False,
        help_text="Needed where somebody else gets what no party may have or is called as a court "
        "is, where something sensitive is on it and the name below reads like a court, counsel or "
        "the defence, where what is unused goes to a name that reads like a court, and where the "
        "court or counsel is called as somebody of the defence is",
    )
    hidden_too = forms.BooleanField(
        required=False, help_text="Needed where it goes to the court, the defence or counsel"
    )
    unused_too = forms.BooleanField(required=False, help_text="Needed where it goes to the court")
    hidden_asked, unused_asked = asked_field(), asked_field()
    is_last_copy = forms.BooleanField(required=False)
    last_copy_because = WrittenField(
        label="Why may the only copy here go?",
        max_length=200,
        required=False,
        help_text="For example: the police keep the original. Name nobody.",
    )

    def __init__(
        self, *arguments: Any, is_unknown: bool, may_be_party: bool,
        hidden: Needed, unused: Needed, only_here: str, **named: Any,
    ) -> None:  # fmt: skip
        """Ask for each reason only where it may be needed.

        Why it is not with a party goes by who gets it and by the name, so it is asked for once
        these are given.

        :param is_unknown: nobody has recorded what is on it
        :param may_be_party: on it is what a party may not have, so that it matters who gets it
        :param hidden: what is on it of which a copy hides something, or is to
        :param unused: what is on it and unused
        :param only_here: what is on it and here by nothing else, in words
        """
        super().__init__(*arguments, **named)
        if only_here:
            label = f"Nothing else here holds {only_here}. It may go all the same"
            self.fields["is_last_copy"].label = label
        else:
            del self.fields["is_last_copy"], self.fields["last_copy_because"]
        leave_hidden(self, hidden)
        leave_unused(self, unused)
        if not is_unknown:
            del self.fields["unknown_because"]
        may_be_asked = may_be_party or self.data.get("to_kind") in ASKED_BY_NAME
        if not self.is_bound or not may_be_asked:
            del self.fields["named_because"]

    def hands(self, name: str) -> Hands:
        """Return who gets it, with the name that was written."""
        said = self.cleaned_data
        return Hands(
            Receiver(said["to_kind"]),
            name,
            said.get("unknown_because", ""),
            said.get("named_because", ""),
            said.get("last_copy_because", "") if said.get("is_last_copy") else "",
            said["opened"],
            said.get("hidden_too", False),
            asked_in(said, "hidden_too"),
            said.get("unused_too", False),
            asked_in(said, "unused_too"),
        )


class HandOverForm(HandsForm):
    """Where a disc went."""

    field_order = (
        "to_kind", "hidden_too", "unused_too", "is_last_copy", "last_copy_because",
        "unknown_because",
        "named_because", "to_place", "note",
    )  # fmt: skip

    to_place = WrittenField(
        label="Where exactly, or to whom by name?", max_length=80,
        help_text="For example: Courtroom 3, or Cupboard 2",
    )  # fmt: skip
    note = WrittenField(label="What for?", max_length=300, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Say that the last copy stays with the unit without a question."""
        super().__init__(*arguments, **named)
        if "is_last_copy" in self.fields:
            self.fields["is_last_copy"].help_text = "Needed unless it stays with this unit"


class PassOnForm(forms.Form):
    """Which unit of the Area has a disc now, and where."""

    opened = opened_field()
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Which unit has it now?",
        empty_label="Choose a unit",
        error_messages={"required": "Choose a unit"},
        help_text="It stands in their register from now on, and only they record what becomes of "
        "it",
    )
    place = WrittenField(
        label="Where exactly?", max_length=60, help_text="For example: Cupboard 2"
    )  # fmt: skip
    named_because = WrittenField(
        label="Why is it not with a party?",
        max_length=200,
        required=False,
        help_text="Needed where the name of the place reads like a court, counsel or the defence",
    )

    def __init__(
        self, *arguments: Any, units: "QuerySet[Unit]", may_be_party: bool, **named: Any
    ) -> None:
        """Offer these units.

        :param may_be_party: on it is what a party may not have, so that it matters what its place
            is called
        """
        super().__init__(*arguments, **named)
        if not may_be_party or not self.is_bound:
            del self.fields["named_because"]
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units

    def hands(self) -> Hands:
        """Return where it lies with that unit."""
        said = self.cleaned_data
        return Hands(
            Receiver.UNIT, said["place"], named_because=said.get("named_because", ""),
            opened=said["opened"],
        )  # fmt: skip


class EndForm(HandsForm):
    """That a disc was returned or destroyed."""

    field_order = (
        "event", "is_last_copy", "last_copy_because", "to_kind", "hidden_too", "unused_too",
        "unknown_because", "named_because", "to", "on",
    )  # fmt: skip

    event = forms.ChoiceField(
        label="What became of it?",
        choices=[(CarrierEvent.RETURN, "Returned"), (CarrierEvent.DESTROY, "Destroyed")],
        widget=forms.RadioSelect,
    )
    to = WrittenField(label="To whom, or by whom, by name?", max_length=120)
    on = DayField(label="When?", error_messages={"required": "Enter the day"})


class FoundForm(HandsForm):
    """That a disc which was missing was found, and who has it."""

    field_order = (
        "to_kind", "hidden_too", "unused_too", "unknown_because", "named_because", "location",
        "reason",
    )  # fmt: skip

    location = WrittenField(
        label="Where does it lie now, or with whom by name?", max_length=80,
        help_text="For example: Cupboard 2",
    )  # fmt: skip
    reason = ReasonField(
        label="How did it turn up?",
        max_length=250,
        help_text="For example: it lay in the next cupboard. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say how it turned up"},
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Ask who has it; it was not here, so no last copy leaves."""
        super().__init__(*arguments, only_here="", **named)
        kind = cast("forms.ChoiceField", self.fields["to_kind"])
        kind.label = "Who has it now?"
        kind.error_messages["required"] = "Choose who has it now"


class NotEndedForm(forms.Form):
    """Why a disc was never returned or destroyed, though that was recorded."""

    opened = opened_field()
    reason = ReasonField(
        label="Why was it wrong?",
        max_length=300,
        help_text="For example: the disc beside it was meant. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it was wrong"},
    )


class PlaceForm(forms.Form):
    """The place that is counted."""

    location = WrittenField(
        label="Which place is counted?", max_length=80, help_text="For example: Cupboard 2"
    )


class ForceForm(forms.Form):
    """The force of a police partner."""

    opened = opened_field()

    force = forms.RegexField(
        r"^[0-9]{2}$", label="Number of the force", widget=forms.TextInput(attrs=NARROW),
        help_text="The two digits that its case references (URNs) begin with, for example 20",
        error_messages={"invalid": "Enter two digits, for example 20"},
    )  # fmt: skip
