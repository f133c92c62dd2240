"""The form by which an Area makes numbers its own, or confirms those that ship."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django import forms

from forthright.web.meanwhile import opened_field
from forthright.web.widgets import ReasonField, WrittenField

NARROW = {"class": "govuk-input--width-3", "inputmode": "numeric"}


class Number(Protocol):
    """A number that stands, what it is for, and whether anybody confirmed it."""

    @property
    def words(self) -> str: ...

    @property
    def value(self) -> int: ...

    @property
    def is_confirmed(self) -> bool: ...


class OwnNumbersForm(forms.Form):
    """The Area's own numbers, who decided them, and why."""

    opened = opened_field()
    source = WrittenField(
        label="Who decided it?", max_length=200,
        help_text="For example: Casework Quality Board, 1 October 2026",
    )  # fmt: skip
    reason = ReasonField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *arguments: Any, numbers: Mapping[str, Number], most: Callable[[str], int],
        **named: Any,
    ) -> None:  # fmt: skip
        """Ask each number, as it stands, and whether one that is unconfirmed is right.

        :param most: the greatest that a number may be, by its name
        """
        super().__init__(*arguments, **named)
        self.numbers = numbers
        for name, each in numbers.items():
            wrong = f"{each.words}: enter a whole number from 0 to {most(name)}"
            self.fields[name] = forms.IntegerField(
                label=each.words, min_value=0, max_value=most(name), initial=each.value,
                help_text="" if each.is_confirmed else "Nobody has confirmed it yet",
                widget=forms.NumberInput(attrs=NARROW),
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), wrong
                ),
            )  # fmt: skip
        unconfirmed = [
            (name, each.words) for name, each in numbers.items() if not each.is_confirmed
        ]
        self.fields["confirmed"] = forms.MultipleChoiceField(
            label="Which of these does the Area confirm as they are?", choices=unconfirmed,
            required=False, widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.order_fields([*numbers, "confirmed", "source", "reason"])

    def values(self) -> dict[str, int]:
        """Return the numbers that change, and those confirmed as they are."""
        said = self.cleaned_data
        return {
            name: said[name]
            for name, each in self.numbers.items()
            if said[name] != each.value or name in said["confirmed"]
        }
