"""That a disc which stays missing is looked for no more, or again."""

from typing import TYPE_CHECKING, Any, cast

from django import forms

from forthright.hard_media.models import Carrier, WriteOff
from forthright.hard_media.services.write_offs import Decision
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import ReasonField, WrittenField

if TYPE_CHECKING:
    from django.db.models import QuerySet


class WriteOffForm(forms.Form):
    """Why a disc is looked for no more, and what was done about it."""

    opened = opened_field()
    reason = ReasonField(
        label="Why is it looked for no more?",
        max_length=300,
        help_text="Where it was looked for, and what may have become of it. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is looked for no more"},
    )
    done = forms.MultipleChoiceField(
        label="What was done about it?",
        choices=WriteOff.Done.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what was done about it"},
    )

    def decision(self) -> Decision:
        """Return what was decided."""
        return Decision(**self.cleaned_data)


class LookAgainForm(forms.Form):
    """Why a disc that was written off is looked for again."""

    opened = opened_field()
    reason = ReasonField(
        label="Why is it looked for again?",
        max_length=300,
        help_text="For example: another disc was meant. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is looked for again"},
    )


class TwiceForm(forms.Form):
    """Which other record a disc has that was taken in twice, and how that is known."""

    opened = opened_field()
    barcode = WrittenField(
        label="What is the barcode of its other record?",
        max_length=40,
        help_text="That record stays, and this one ends",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": "Enter the barcode of its other record"},
    )
    reason = ReasonField(
        label="How is it known that there is only one?",
        max_length=300,
        help_text="For example: two people took in the same delivery. Name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say how it is known that there is only one"},
    )

    def __init__(self, *arguments: Any, others: "QuerySet[Carrier]", **named: Any) -> None:
        """Take these as its other record."""
        super().__init__(*arguments, **named)
        self.others = others

    def clean_barcode(self) -> Carrier:
        """Return the record that has the barcode."""
        typed = cast(str, self.cleaned_data["barcode"])
        found = self.others.filter(barcode__iexact=typed.strip()).first()
        if found is None:
            raise forms.ValidationError(
                f"No other disc or stick of this unit that is held or missing has {typed}."
            )
        return found
