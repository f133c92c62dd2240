"""What is to be cut out or hidden, by times and numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms

from forthright.hard_media.models import CutCopy, PlayingPart
from forthright.hard_media.services.cutting import Cut
from forthright.rules.media_clock import NotATime, clock_words, read_clock
from forthright.web.widgets import ReasonField, WrittenField

SIDES = {"left": "Left edge", "top": "Top edge", "width": "Width", "height": "Height"}
NEEDS_NO_BOX = (CutCopy.What.CLIP, CutCopy.What.MUTE)
NARROW = {"class": "govuk-input--width-10", "autocomplete": "off"}


def _time(label: str) -> WrittenField:
    return WrittenField(
        label=label, max_length=20, widget=forms.TextInput(attrs=NARROW),
        help_text="As the player shows it, for example 0:12:30",
        error_messages={"required": "Enter the time"},
    )  # fmt: skip


def _share(label: str, hint: str, *, least: int = 0) -> forms.FloatField:
    return forms.FloatField(
        label=label, help_text=hint, required=False, min_value=least, max_value=100,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "step": "any"}),
    )  # fmt: skip


class AlsoField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A copy whose hidden parts are hidden too."""

    def label_from_instance(self, obj: CutCopy) -> str:
        """Return the words of a choice."""
        return f"What copy {obj.pk} hides: {obj}"


class CutForm(forms.Form):
    """A clip, or what is hidden, from when to when, where in the picture, and why."""

    what = forms.ChoiceField(
        label="What is to be made?", choices=CutCopy.What.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what is to be made"},
    )  # fmt: skip
    part = forms.ModelChoiceField(
        label="Of which camera or sound?", queryset=PlayingPart.objects.none(), empty_label=None,
        widget=forms.RadioSelect,
        help_text="The copy holds this one alone. It is no copy of the whole file: that needs one "
        "of each.",
        error_messages={"required": "Choose which camera or sound the copy is of"},
    )  # fmt: skip
    start = _time("From")
    end = _time("To")
    left = _share(
        "Left edge, in %",
        "Counted from the left.",
    )
    top = _share("Top edge, in %", "Counted from the top.")
    width = _share("Width, in %", "Of the whole width.", least=1)
    height = _share("Height, in %", "Of the whole height.", least=1)
    also = AlsoField(
        label="And hide what else?", queryset=CutCopy.objects.none(), required=False,
        empty_label="Nothing else",
        help_text="To hide several things in one copy, make one after the other. A clip is cut "
        "from the copy that you choose here. One that was found not right is not offered.",
        error_messages={
            "invalid_choice": "That copy was found not right, or is not of this file. Choose "
            "another, or nothing else"
        },
    )  # fmt: skip
    reason = ReasonField(
        label="Why?", max_length=500, error_messages={"required": "Say why the copy is made"}
    )

    def __init__(
        self, *arguments: Any, length: float | None = None, copies: Sequence[CutCopy] = (),
        parts: Sequence[PlayingPart] = (), **named: Any,
    ) -> None:  # fmt: skip
        """Take times up to the end, where that is known; offer to hide what copies hide."""
        super().__init__(*arguments, **named)
        self.length = length
        if length is not None:
            self.initial.update(start=clock_words(0), end=clock_words(length))
        rows = CutCopy.objects.filter(pk__in=[each.pk for each in copies]).order_by("pk")
        self.fields["also"].queryset = rows  # type: ignore[attr-defined]
        if not copies:
            del self.fields["also"]
        of = PlayingPart.objects.filter(pk__in=[each.pk for each in parts if each.plays])
        self.fields["part"].queryset = of  # type: ignore[attr-defined]
        if not parts:
            del self.fields["part"]

    def clean_start(self) -> float:
        """Return the seconds, or say how a time is written."""
        return self._seconds("start")

    def clean_end(self) -> float:
        """Return the seconds, or say how a time is written."""
        return self._seconds("end")

    def clean(self) -> dict[str, Any]:
        """Refuse times in the wrong order, and a part of the picture that is none."""
        said: dict[str, Any] = super().clean() or {}
        start, end = said.get("start"), said.get("end")
        if start is not None and end is not None and start >= end:
            self.add_error("end", "The end must come after the beginning")
        if said.get("what") not in NEEDS_NO_BOX:
            self._check_box(said)
        return said

    @property
    def cut(self) -> Cut:
        """Return what was asked for."""
        said = self.cleaned_data
        sides = [said.get(side) for side in SIDES]
        is_boxed = said["what"] not in NEEDS_NO_BOX and None not in sides
        left, top, width, height = (float(each or 0) / 100 for each in sides)
        return Cut(
            what=said["what"], start=said["start"], end=said["end"], reason=said["reason"],
            box=(left, top, width, height) if is_boxed else None, also=said.get("also"),
            part=said.get("part"),
        )  # fmt: skip

    def _seconds(self, name: str) -> float:
        try:
            seconds = read_clock(self.cleaned_data[name])
        except NotATime as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        # The end itself is written in thousandths, and may lie a hair beyond.
        if self.length is not None and seconds > self.length + 0.001:
            raise forms.ValidationError(f"The recording ends at {clock_words(self.length)}")
        return seconds

    def _check_box(self, said: dict[str, Any]) -> None:
        sides = [said.get(side) for side in SIDES]
        if all(each is None for each in sides) and said.get("what") == CutCopy.What.BLANK:
            return
        for side, value in zip(SIDES, sides, strict=True):
            if value is None and side not in self.errors:
                self.add_error(side, f"{SIDES[side]}: enter a number from 0 to 100")
        if None in sides:
            return
        left, top, width, height = (float(each or 0) for each in sides)
        if left + width > 100:
            self.add_error("width", "Left edge and width go beyond the picture")
        if top + height > 100:
            self.add_error("height", "Top edge and height go beyond the picture")


class CopiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Some copies, each by its number and what is hidden in it."""

    def label_from_instance(self, obj: CutCopy) -> str:
        """Return the words of a choice."""
        return f"Copy {obj.pk}: {obj}"


class NotRightForm(forms.Form):
    """What is not right in a copy."""

    reason = ReasonField(
        label="What is not right?", max_length=500,
        help_text="For example: a face is seen in the window at 0:12. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what is not right"},
    )  # fmt: skip
    right = CopiesField(
        label="Is one of these right all the same?", queryset=CutCopy.objects.none(),
        required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Each hides by the same parts, so it goes with it, and so do its clips. Tick one "
        "only if somebody looked at all of it and what is not right here is right there, as where "
        "this one hides too little and that one hides the rest.",
        error_messages={"invalid_choice": "One of those is not right either. Load the page anew"},
    )  # fmt: skip

    def __init__(self, *arguments: Any, built: Sequence[CutCopy] = (), **named: Any) -> None:
        """Ask which of the copies that hide by the same parts are right all the same."""
        super().__init__(*arguments, **named)
        rows = CutCopy.objects.filter(pk__in=[each.pk for each in built]).order_by("pk")
        self.fields["right"].queryset = rows  # type: ignore[attr-defined]
        if not built:
            del self.fields["right"]
