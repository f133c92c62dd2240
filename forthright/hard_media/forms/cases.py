"""Narrowing the ladder, putting a case into the register, its hearing and its firms."""

from datetime import date
from typing import Any

from django import forms

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.hard_media.models import Hearing, MediaItem
from forthright.hard_media.selectors.ladder_filters import STANDINGS, LadderFilters
from forthright.hard_media.selectors.to_do import TASKS
from forthright.hard_media.services.hearings import Listed, NewDay, has_come
from forthright.rules.media_rungs import Rung
from forthright.rules.urn import NotAUrn, Urn, read_urn
from forthright.rules.words import day_words
from forthright.web.meanwhile import opened_field
from forthright.web.odd_days import AsksWhyOdd
from forthright.web.widgets import DayField, ReasonField, WrittenField

DONE = "done"
SMALL_BOXES = {"class": "govuk-checkboxes--small"}
SMALL_RADIOS = {"class": "govuk-radios--small"}


class LadderFilterForm(forms.Form):
    """What the list may be narrowed to; nothing chosen means hearings to come, or not done with."""

    words = WrittenField(
        label="URN",
        required=False,
        max_length=30,
        help_text="The beginning is enough; or the reference of a link (L-00042)",
    )
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "Hearings to come, of the last four weeks, and not ready by the hearing"),
            *STANDINGS.items(),
        ],
        widget=forms.RadioSelect(attrs=SMALL_RADIOS),
    )
    task = forms.ChoiceField(
        label="With a recording that is yours",
        required=False,
        choices=[("", "Anything"), *TASKS.items()],
    )
    rung = forms.ChoiceField(
        label="With a recording that waits to be",
        required=False,
        choices=[("", "Anything"), *((each, each.words) for each in Rung)],
    )
    kind = forms.ChoiceField(
        label="With a recording of the kind",
        required=False,
        choices=[("", "Any kind"), *MediaItem.Kind.choices],
    )
    unit = forms.TypedMultipleChoiceField(
        label="Unit",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL_BOXES),
    )

    def __init__(self, *arguments: Any, user: User, **named: Any) -> None:
        """Offer the units that this person sees."""
        super().__init__(*arguments, **named)
        units: list[tuple[int, str]] = []
        if reach_of(user.role, Permission.MEDIA_SEE) is Reach.AREA:
            units = list(user.area.case_units.values_list("pk", "name"))
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) < 2:
            del self.fields["unit"]

    def filters(self) -> LadderFilters:
        """Return what was asked for; what cannot be read is left out."""
        chosen = getattr(self, "cleaned_data", {})
        return LadderFilters(
            words=chosen.get("words", ""),
            show=chosen.get("show", ""),
            task=chosen.get("task", ""),
            rung=chosen.get("rung", ""),
            kind=chosen.get("kind", ""),
            unit=tuple(chosen.get("unit") or ()),
        )

    def chosen_words(self) -> list[str]:
        """Return the filters in force as words."""
        chosen = getattr(self, "cleaned_data", {})
        words = [f"“{chosen['words']}”"] if chosen.get("words") else []
        for name in ("show", "task", "rung", "kind", "unit"):
            picked = chosen.get(name) or []
            labels = {str(v): label for v, label in self.fields[name].choices} if picked else {}  # type: ignore[attr-defined]
            words += [
                str(labels[str(v)]) for v in ([picked] if isinstance(picked, str) else picked)
            ]
        return words


def odd_because_field() -> ReasonField:
    """Return the field that asks why a day is right though it is odd."""
    return ReasonField(
        label="Why is the day right all the same?", required=False, max_length=300,
        help_text="For example: the court sits specially on that day, as its notice says. Name "
        "nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class RegisterForm(AsksWhyOdd):
    """A case that goes into the register, and what is known of its hearing."""

    urn = WrittenField(
        label="URN of the case",
        max_length=30,
        help_text="As on the file, for example 20AB0123426. The case must have been imported.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    on = DayField(
        label="Day of the PTPH",
        required=False,
        help_text="Leave it empty if the court has not listed it",
    )
    sent_on = DayField(
        label="Day the case was sent to the Crown Court",
        required=False,
        help_text="The hearing is expected from it until the court lists one",
    )
    court = WrittenField(label="Court", required=False, max_length=120)
    odd_because = odd_because_field()

    @property
    def listed(self) -> Listed:
        """Return what is known of the hearing."""
        said = self.cleaned_data
        return Listed(
            on=said["on"], sent_on=said["sent_on"], court=said["court"],
            odd_because=said.get("odd_because", ""),
        )  # fmt: skip

    def clean_urn(self) -> Urn:
        """Return the URN, or say what is wrong with it."""
        try:
            return read_urn(self.cleaned_data["urn"])
        except NotAUrn as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two days."""
        cleaned = super().clean() or {}
        has_fault = "on" in self.errors or "sent_on" in self.errors
        if not has_fault and not cleaned.get("on") and not cleaned.get("sent_on"):
            self.add_error("on", "Enter the day of the PTPH, or the day the case was sent")
        return cleaned


class MoveForm(forms.Form):
    """The new day of a hearing, why it moved, and whether it took place on a day that has come."""

    opened = opened_field()

    on = DayField(label="New day of the PTPH", required=False)
    no_day = forms.BooleanField(
        label="The court took it out of the list, and it has no new day yet", required=False,
        widget=forms.CheckboxInput(attrs=SMALL_BOXES),
    )  # fmt: skip
    reason = ReasonField(
        label="Why did it move?",
        max_length=300,
        required=False,
        help_text="For example: adjourned by the court, defence not ready. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    was_held = forms.ChoiceField(
        choices=[
            ("yes", "Yes: it came on that day, whatever was done at it, and was put off then"),
            (
                DONE,
                "Yes, and it was done with: the new day is of another hearing, such as a trial",
            ),
            ("no", "No: it had been put off before that day, or the day was entered wrongly"),
        ],
        widget=forms.RadioSelect,
        help_text="A day on which it took place stays in every figure, with how the case stood by "
        "it. Disclosure goes on counting from a hearing that was done with. Your answer stands on "
        "the page of the case.",
        error_messages={"required": "Say whether the hearing took place on the day that has come"},
    )

    def __init__(self, *arguments: Any, hearing: Hearing, today: date, **named: Any) -> None:
        """Ask whether the hearing took place only where its day has come."""
        super().__init__(*arguments, **named)
        if hearing.on is None:
            del self.fields["no_day"]
        if hearing.on is None or not has_come(hearing, today):
            del self.fields["was_held"]
        else:
            self.fields["was_held"].label = f"Did it take place on {day_words(hearing.on)}?"

    def clean(self) -> dict[str, Any]:
        """Ask for a day, or for the word that there is none."""
        cleaned = super().clean() or {}
        has_none = bool(cleaned.get("no_day"))
        if "on" not in self.errors and (cleaned.get("on") is not None) is has_none:
            or_none = ", or say that it has none yet" if "no_day" in self.fields else ""
            self.add_error("on", f"Enter the new day{or_none}{', not both' if has_none else ''}")
        return cleaned

    def new_day(self, odd_because: str = "") -> NewDay:
        """Return the day that the hearing moves to."""
        said = self.cleaned_data
        held = said.get("was_held")
        return NewDay(
            on=said["on"], reason=said["reason"], odd_because=odd_because,
            was_held=held in {"yes", DONE} if held else None, is_done=held == DONE,
        )  # fmt: skip


class SentDayForm(forms.Form):
    """The day on which a case was sent to the Crown Court, and why the old one was wrong."""

    opened = opened_field()

    on = DayField(
        label="Day the case was sent to the Crown Court",
        error_messages={"required": "Enter the day on which the case was sent"},
    )
    reason = ReasonField(
        label="Why was the day wrong?",
        max_length=300,
        required=False,
        help_text="For example: typed wrong, the notice of sending says so. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *arguments: Any, hearing: Hearing, **named: Any) -> None:
        """Ask why only where there is a day that was wrong."""
        super().__init__(*arguments, **named)
        if hearing.sent_on is None:
            del self.fields["reason"]


class WhyOddForm(forms.Form):
    """Why the new day of a hearing is right though it is odd."""

    odd_because = odd_because_field()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Refuse to go on without it."""
        super().__init__(*arguments, **named)
        field = self.fields["odd_because"]
        field.required = True
        field.error_messages["required"] = "Say why the day is right, or change it"


class CloseForm(forms.Form):
    """What became of the recordings of a case that was not ready by its hearing."""

    closed_as = forms.ChoiceField(
        label="What became of the recordings?", choices=Hearing.Closed.choices,
        widget=forms.RadioSelect, error_messages={"required": "Choose what became of them"},
    )  # fmt: skip
    reason = ReasonField(
        label="Why is nothing more done?", max_length=300,
        help_text="For example: pleaded guilty at the hearing, or everything was shared on "
        "4 December. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why nothing more is done"},
    )  # fmt: skip


class ReopenForm(forms.Form):
    """Why a case that was closed is opened again."""

    reason = ReasonField(
        label="Why is it opened again?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is opened again"},
    )  # fmt: skip
