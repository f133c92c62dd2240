"""A recording, each step of it, its shares, and what the police are told of it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from forthright.hard_media.forms.deciding import (
    DecidingForm,
    Needed,
    ask_to_decide,
)
from forthright.hard_media.models import (
    CutCopy,
    MediaItem,
    PoliceFeedback,
    Representation,
    ShareRecord,
)
from forthright.hard_media.services.items import ItemWords
from forthright.hard_media.services.sharing import Party, Sending
from forthright.rules.media_facts import Classification
from forthright.rules.media_periods import failure_reasons
from forthright.rules.words import date_words
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import (
    CheckboxesWithHints,
    DayField,
    RadiosWithHints,
    ReasonField,
    WrittenField,
)

NARROW = {"class": "govuk-input--width-10"}
LENGTH = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


def _reason(label: str, *, needed: bool = True) -> ReasonField:
    return ReasonField(
        label=label,
        max_length=500,
        required=needed,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why"},
    )


class ItemForm(forms.Form):
    """What is known of a recording."""

    exhibit = WrittenField(
        label="Exhibit reference",
        max_length=40,
        help_text="As on the exhibit list, for example DM/1",
        widget=forms.TextInput(attrs=NARROW),
    )
    kind = forms.ChoiceField(
        label="What is it?", choices=MediaItem.Kind.choices, widget=forms.RadioSelect
    )
    named_in = forms.ChoiceField(
        label="Where was it named?", choices=MediaItem.NamedIn.choices, widget=forms.RadioSelect
    )
    title = WrittenField(
        label="Title", max_length=200, required=False,
        help_text="Everybody it is shared with reads it. Put nothing sensitive in it.",
    )  # fmt: skip
    shows = WrittenField(
        label="What does it show?",
        max_length=2000,
        required=False,
        help_text="Who does what, where and when. It can be added later.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    length = WrittenField(
        label="How long is it?",
        required=False,
        max_length=10,
        help_text="Minutes and seconds, for example 12:30, or 1:05:00 with hours",
        widget=forms.TextInput(attrs=NARROW),
    )

    def clean_length(self) -> int | None:
        """Return the duration in seconds, or say how to write it."""
        written = self.cleaned_data["length"].strip()
        if not written:
            return None
        found = LENGTH.fullmatch(written)
        if found is None:
            raise forms.ValidationError("Write the length like 12:30 or 1:05:00")
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return (hours * 60 + minutes) * 60 + seconds

    def item_words(self) -> ItemWords:
        """Return what was written."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "opened"}
        said["seconds"] = said.pop("length")
        return ItemWords(**said)


class ItemChangeForm(ItemForm):
    """What is known of a recording, corrected."""

    opened = opened_field()


class AskForm(forms.Form):
    """Why the police are asked once more; the first time needs no reason."""

    reason = _reason(
        "Why is it asked for again? The police read this, on their page.", needed=False
    )


class PlaysForm(forms.Form):
    """Whether a recording plays here."""

    plays = forms.ChoiceField(
        label="Does it play?",
        choices=[("yes", "Yes, it plays"), ("no", "No, it is not in playable format")],
        widget=forms.RadioSelect,
    )
    reason = _reason("If it played before: what happened?", needed=False)


class ClassifyForm(forms.Form):
    """What a recording is for the case."""

    opened = opened_field()

    classification = forms.ChoiceField(
        label="What is it?",
        choices=[(each, each.words) for each in Classification if each != "NOT_ASSESSED"],
        widget=RadiosWithHints(
            hints={
                Classification.RELIED_ON: "The prosecution relies on it. It goes to the court "
                "and to every represented defendant before the hearing.",
                Classification.UNUSED: "Not relied on. It is shared only where it is disclosed. "
                "Whoever has it keeps it until it is taken back.",
                Classification.SENSITIVE: "It is never shared with anybody. If it was shared, "
                "it is taken back at once.",
                Classification.NOT_RELEVANT: "It has no bearing on the case. It is not shared. "
                "If it was shared, it is taken back at once.",
            }
        ),
    )
    reason = _reason("Why?", needed=False)

    def __init__(self, *arguments: Any, is_second: bool, **named: Any) -> None:
        """Ask for the reason where it was classified before."""
        super().__init__(*arguments, **named)
        self.fields["reason"].required = is_second
        if is_second:
            self.fields["reason"].label = "Why does that change?"


class ReasonForm(forms.Form):
    """Why something is taken out or back."""

    reason = _reason("Why?")


class NothingForm(forms.Form):
    """Nothing is asked: the button says it all."""


class CopiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Copies, each with the recording that it is of."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the words beside a box."""
        return f"{obj.file.item}: {obj}"


def _address(whom: str) -> forms.EmailField:
    return forms.EmailField(
        label=f"E-mail address of {whom}",
        required=False,
        help_text="Only for a link from here",
        error_messages={"invalid": f"Enter an e-mail address of {whom}, for example "
                        "name@court.example"},
    )  # fmt: skip


STALE = ("invalid_choice", "invalid_list", "invalid_pk_value")
GONE = (
    "{} that you chose cannot be shared any more: since this page was opened, it was classified "
    "anew, withdrawn or asked for again. It is not in the list below. Choose again"
)
GONE_PARTY = (
    "Somebody that you chose is no party of this case any more: since this page was opened, "
    "another firm was recorded. Choose again from the list below"
)


class ShareForm(DecidingForm):
    """Which recordings went to whom, how and when."""

    # What there is to decide of them stands beneath.
    field_order = ("items", "copies")

    items = forms.ModelMultipleChoiceField(
        label="Which recordings, as they came?",
        queryset=MediaItem.objects.none(),
        required=False,
        widget=CheckboxesWithHints,
        error_messages=dict.fromkeys(STALE, GONE.format("A recording")),
    )
    copies = CopiesField(
        label="Which copies, in place of the recording?",
        queryset=CutCopy.objects.none(),
        required=False,
        widget=CheckboxesWithHints,
        help_text="Whoever gets a copy gets nothing else of its file. Choose the recording, too, "
        "where it has other files, for these to go as they came.",
        error_messages=dict.fromkeys(STALE, GONE.format("A copy")),
    )
    parties = forms.MultipleChoiceField(
        label="With whom?",
        widget=CheckboxesWithHints,
        help_text="A firm gets a link from here at the address recorded for it.",
        error_messages={"required": "Choose with whom", **dict.fromkeys(STALE, GONE_PARTY)},
    )
    way = forms.ChoiceField(
        label="How?", choices=ShareRecord.Way.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", *STALE), "Choose how it goes out"),
    )  # fmt: skip
    on = DayField(label="When?", error_messages={"required": "Enter the day"})
    link_expires_on = DayField(label="When does the link expire?", required=False)
    counsel = WrittenField(
        label="Which prosecuting counsel, by name?",
        max_length=120,
        required=False,
        help_text="Only where it goes to counsel. Needed where another has it already: a junior "
        "beside a leader, or whoever has the brief now",
    )
    email_court = _address("the court")
    email_counsel = _address("prosecuting counsel")
    email_police = _address("the police")

    def __init__(
        self,
        *arguments: Any,
        items: Sequence[MediaItem],
        copies: Sequence[CutCopy],
        firms: Sequence[Representation],
        link_ends: date | None = None,
        had: Mapping[str, str] | None = None,
        needed: Mapping[str, Needed],
        **named: Any,
    ) -> None:
        """Offer what may be shared, the parties of the case, and how long a link opens.

        :param had: what each party has already, in words
        :param needed: by the name of each box that decides, for what it is needed
        """
        super().__init__(*arguments, **named)
        ask_to_decide(self, needed)
        self.link_ends = link_ends
        if link_ends:
            self.fields["link_expires_on"].help_text = (
                f"Left empty, a link from here opens until {date_words(link_ends)}, beyond the "
                "hearing"
            )
        self.firms = {f"DEFENCE {each.pk}": each for each in firms}
        chosen = MediaItem.objects.filter(pk__in=[each.pk for each in items])
        self.fields["items"].queryset = chosen  # type: ignore[attr-defined]
        made = CutCopy.objects.filter(pk__in=[each.pk for each in copies])
        # Each copy is shown with the recording that it is of.
        self.fields["copies"].queryset = made.select_related("file__item")  # type: ignore[attr-defined]
        if not copies:
            del self.fields["copies"]
        self.fields["parties"].choices = [  # type: ignore[attr-defined]
            ("COURT", "The court"),
            *((key, f"{each.firm}") for key, each in self.firms.items()),
            ("COUNSEL", "Prosecuting counsel"),
            ("POLICE", "Police"),
        ]
        whom = {key: f"for {each.defendant}" for key, each in self.firms.items()}
        has = {key: f"has {words} already" for key, words in (had or {}).items()}
        self.fields["parties"].widget.hints = {
            key: "; ".join(each[key] for each in (whom, has) if key in each)
            for key in {**whom, **has}
        }

    def hint(self, name: str, hints: Mapping[int, str]) -> None:
        """Say under each recording, or copy, what is to be known before it is chosen."""
        if name in self.fields:
            self.fields[name].widget.hints = hints

    def clean(self) -> dict[str, Any]:
        """Ask for a recording or a copy of one, and for where each link goes."""
        said: dict[str, Any] = super().clean() or {}
        # What was chosen and is gone is told of by itself.
        if not said.get("items") and not said.get("copies") and "items" not in self.errors:
            self.add_error("items", "Choose at least one recording")
        if said.get("way") == ShareRecord.Way.LINK:
            for key in said.get("parties", ()):
                name = f"email_{key.lower()}"
                if name in self.fields and name not in self.errors and not said.get(name):
                    label = str(self.fields[name].label).lower()
                    self.add_error(name, f"Enter the {label}, for its link")
        return said

    def chosen_parties(self) -> list[Party]:
        """Return with whom."""
        return [
            Party(
                kind=key.split()[0],
                representation=self.firms.get(key),
                email=self.cleaned_data.get(f"email_{key.lower()}", ""),
                counsel=self.cleaned_data["counsel"] if key == "COUNSEL" else "",
            )
            for key in self.cleaned_data["parties"]
        ]

    def sending(self) -> Sending:
        """Return how and when."""
        said = self.cleaned_data
        ends = said["link_expires_on"]
        if said["way"] == ShareRecord.Way.LINK:
            ends = ends or self.link_ends
        return Sending(
            way=said["way"], on=said["on"], link_expires_on=ends,
            copies=tuple(said.get("copies", ())), **self.decided(),
        )  # fmt: skip


class OpenedForm(forms.Form):
    """When a party opened what it was given, and how that is known."""

    on = DayField(label="When was it opened?", error_messages={"required": "Enter the day"})
    known = forms.ChoiceField(
        label="How do you know?", choices=ShareRecord.HowKnown.choices, widget=forms.RadioSelect
    )


class FeedbackForm(forms.Form):
    """A failure reason of the Director's Guidance Assessment, in its exact words."""

    opened = opened_field()
    reason = forms.ChoiceField(
        label="Reason",
        choices=[(each, each) for each in failure_reasons()],
        widget=forms.RadioSelect,
    )
    detail = WrittenField(
        label="Detail for the police",
        help_text="They read it on their page beside the reason. Of a sensitive recording it stays "
        "here.",
        max_length=250,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """What the police answered."""

    outcome = forms.ChoiceField(
        label="What did the police answer?",
        choices=PoliceFeedback.Outcome.choices,
        widget=forms.RadioSelect,
    )
    words = WrittenField(
        label="Why?", max_length=250, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerRightForm(AnswerForm):
    """What the police answered in truth, and why what was recorded is wrong."""

    NONE = "NONE"

    opened = opened_field()
    outcome = forms.ChoiceField(
        label="What did the police answer?",
        choices=[
            *PoliceFeedback.Outcome.choices,
            (NONE, "Nothing yet: it was recorded here by mistake"),
        ],
        widget=forms.RadioSelect,
    )
    reason = ReasonField(
        label="Why was it wrong?",
        max_length=300,
        help_text="For example: the wrong answer was chosen. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
