"""Asks for the address of a unit, and whether one that is put right was ever its firm's."""

from copy import deepcopy
from typing import Any

from django import forms

from forthright.web.meanwhile import opened_field

WRONG, RIGHT = "WRONG", "RIGHT"


def old_was_wrong_field() -> forms.ChoiceField:
    """Return the question whether the address that stood before was wrong."""
    return forms.ChoiceField(
        label="Was the old address theirs?",
        choices=[
            (RIGHT, "It was theirs until now: what went there stays with them, and opens there"),
            (WRONG, "It was never theirs: shut what went there and take it back"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the old address was theirs"},
    )


class AsksWhetherWrong(forms.Form):
    """Keeps the field `old_was_wrong` of a form back until something went to the old address."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Ask whether the old address was wrong only where the page that was sent asked."""
        super().__init__(*arguments, **named)
        if "old_was_wrong" not in self.data:
            del self.fields["old_was_wrong"]

    def ask_whether_wrong(self, words: str) -> None:
        """Ask whether the old address was wrong, under what went there."""
        self.fields["old_was_wrong"] = deepcopy(self.base_fields["old_was_wrong"])
        self.order_fields(list(self.base_fields))
        self.add_error("old_was_wrong", words)

    @property
    def is_old_wrong(self) -> bool | None:
        """Return whether the old address was wrong; None where that was not asked."""
        said = self.cleaned_data.get("old_was_wrong")
        return said == WRONG if said else None


class MailboxForm(forms.Form):
    """The e-mail address of a unit."""

    opened = opened_field()

    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="One that several people of the unit read. Left empty, a link names only the "
        "unit.",
        error_messages={"invalid": "Enter an e-mail address, for example name@unit.example"},
    )
