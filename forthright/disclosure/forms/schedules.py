"""Forms about what the police send and get back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from forthright.accounts.models import Area, Unit
from forthright.disclosure.models import Delivery
from forthright.disclosure.services.handing_in import stamp_of
from forthright.disclosure.services.triage import asks_for_unit
from forthright.rules.schedules.rule import failure_reasons
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import DayField, ReasonField, WrittenField

MOST_FILES = 20


class ManyFiles(forms.ClearableFileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is kept to the same limits."""

    widget = ManyFiles

    def clean(self, given: Any, initial: Any = None) -> list[Any]:
        """Return the files, or say what is wrong with them."""
        files = given if isinstance(given, list | tuple) else [given]
        found = [super(FilesField, self).clean(each, initial) for each in files or [None]]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(f"Hand over {MOST_FILES} files at most at once")
        return found


class BringForm(forms.Form):
    """The files that came together, and from whom."""

    schedules = FilesField(
        label="Schedules, and papers that came with them",
        help_text="MG6C, MG6D, MG6E or SDC as .xlsx, .csv, .docx, .pdf or .json; the MG5 or "
        "statements too, so that what they name is looked for. Nothing is taken in yet.",
        error_messages={"required": "Choose the files", "empty": "A file is empty"},
    )
    police_unit = forms.ModelChoiceField(
        label="Which unit of the police sent them? (optional)", queryset=Unit.objects.none(),
        required=False, empty_label="Not known",
    )  # fmt: skip
    is_whole = forms.BooleanField(
        label="This is all that the police sent", required=False,
        help_text="Then what is absent, such as an MG6E, counts as missing.",
    )  # fmt: skip
    of_this_case = ReasonField(
        label="Why is it of this case? (only where it is headed with nobody of the case, or with "
        "another ending of its URN)",
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: the police write the family name with one letter less.",
    )  # fmt: skip

    def __init__(self, *arguments: Any, area: Area, **named: Any) -> None:
        """Offer the Area's units of the police."""
        super().__init__(*arguments, **named)
        self.fields["police_unit"].queryset = police_units(area)  # type: ignore[attr-defined]


class AdequateForm(forms.Form):
    """Whose a delivery is, where nobody said, and why it is adequate, where something stops it."""

    unit = forms.ModelChoiceField(
        label="Which unit of the police sent it?", queryset=Unit.objects.none(), required=False,
        help_text="How often schedules go back is told by police unit.",
        empty_label="Choose a unit",
    )  # fmt: skip
    reason = ReasonField(
        label="Why is it adequate? (needed where a finding should stop it)", required=False,
        max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *arguments: Any, delivery: Delivery, **named: Any) -> None:
        """Offer the Area's units of the police, where it is not known yet."""
        super().__init__(*arguments, **named)
        if asks_for_unit(delivery):
            self.fields["unit"].queryset = police_units(delivery.area)  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]


class LetGoForm(forms.Form):
    """Why the items that stand on no schedule any more may leave; each is ticked beside it."""

    reason = ReasonField(
        label="Why may they leave?", required=False, max_length=500,
        help_text="For example: it is item 4 of the MG6D now; or listed twice, and is item 2.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class ReturnForm(forms.Form):
    """What is asked of the police, one request a line under its reason."""

    unit = forms.ModelChoiceField(
        label="Which unit of the police gets it back?", queryset=Unit.objects.none(),
        empty_label="Choose a unit", error_messages={"required": "Choose the unit of the police"},
    )  # fmt: skip
    answer_by = DayField(
        label="By which day should they answer?", help_text="For example, 12 10 2026.",
        error_messages={"required": "Enter the day to answer by"},
    )  # fmt: skip

    def __init__(
        self, *arguments: Any, delivery: Delivery, note: Sequence[Mapping[str, Any]], **named: Any
    ) -> None:
        """Offer a box for each reason, filled with what the check would ask.

        :param note: each reason with what is asked under it
        """
        super().__init__(*arguments, **named)
        self.fields["unit"].queryset = police_units(delivery.area)  # type: ignore[attr-defined]
        self.fields["unit"].initial = delivery.police_unit_id
        asked = {each["reason"]: each["requests"] for each in note}
        for place, reason in enumerate(reasons_offered(asked)):
            words = "\n".join(asked.get(reason, []))
            rows = min(max(len(words.splitlines()) * 2, 2), 12)
            self.fields[f"reason_{place}"] = WrittenField(
                label=reason, required=False, initial=words, max_length=10_000,
                help_text="One request a line, 250 letters and spaces each." if words else "",
                widget=forms.Textarea(attrs={"rows": rows}),
            )  # fmt: skip
        self.reasons = reasons_offered(asked)

    def requests(self) -> dict[str, list[str]]:
        """Return what is asked, by reason."""
        return {
            reason: (self.cleaned_data.get(f"reason_{place}") or "").splitlines()
            for place, reason in enumerate(self.reasons)
        }


class HandInForm(forms.Form):
    """The new version of what was returned, and what the page knew of what waits."""

    schedules = FilesField(
        label="The mended schedules",
        help_text="MG6C, MG6D, MG6E or SDC as .xlsx, .csv, .docx or .pdf. Hand in the whole "
        "schedule again, not only the items that changed.",
        error_messages={"required": "Choose the files", "empty": "A file is empty"},
    )
    opened = opened_field()

    def __init__(self, *arguments: Any, waiting: Sequence[Delivery], **named: Any) -> None:
        """Keep what waits when the page is opened."""
        super().__init__(*arguments, **named)
        self.fields["opened"].initial = stamp_of(waiting)


class TakeBackForm(forms.Form):
    """Why a return to the police was a mistake."""

    reason = ReasonField(
        label="Why was it a mistake?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The police read this. Name nobody and nothing sensitive.",
        error_messages={"required": "Write why it was a mistake"},
    )  # fmt: skip


class AcceptForm(forms.Form):
    """Why what the police answered to a return is right."""

    reason = ReasonField(
        label="Why do the schedules stand as they came?", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept as the reason why the delivery is adequate, for the lawyers of the unit",
        error_messages={"required": "Write why their answer is right"},
    )  # fmt: skip


class AdequateBackForm(forms.Form):
    """Why it was a mistake to call a delivery adequate."""

    reason = ReasonField(
        label="Why was it a mistake?", max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the lawyers of the unit",
        error_messages={"required": "Write why it was a mistake"},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What a unit of the police answers."""

    text = WrittenField(
        label="What did you do?", max_length=5000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Say what was mended, or why you do not agree.",
        error_messages={"required": "Write what you did"},
    )  # fmt: skip


def reasons_offered(asked: Mapping[str, Any]) -> list[str]:
    """Return the reasons of return: those that the check uses first."""
    return [*asked, *(each for each in failure_reasons() if each not in asked)]


def police_units(area: Area) -> Any:
    """Return the Area's units of the police."""
    return Unit.objects.filter(area=area, kind=Unit.Kind.POLICE)
