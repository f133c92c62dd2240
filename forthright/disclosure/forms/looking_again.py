"""The form of a look again at what was not disclosed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from forthright.disclosure.selectors.standings import Line
from forthright.disclosure.services.looking_again import NOTHING_MORE, TO_DISCLOSE
from forthright.rules.written import LEAST_WEIGHED
from forthright.web.widgets import ReasonField


class LookAgainForm(forms.Form):
    """What a lawyer found, and why."""

    outcome = forms.ChoiceField(
        label="What did you find?", widget=forms.RadioSelect,
        choices=[(NOTHING_MORE, "Nothing more meets the test for disclosure"),
                 (TO_DISCLOSE, "The items that I tick are now to be disclosed")],
        error_messages={"required": "Choose what you found"},
    )  # fmt: skip
    items = forms.MultipleChoiceField(
        label="Which items are now to be disclosed?", required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each is endorsed D with your reason, waits for a second person, and is served.",
    )  # fmt: skip
    why = ReasonField(
        label="Why?", max_length=500, least=LEAST_WEIGHED, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What in the defence statement you held the items against. For the lawyers of "
        "the unit alone.",
        error_messages={"required": "Write why"},
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Sequence[Line], **named: Any) -> None:
        """Offer the items of the open schedules that were not disclosed."""
        super().__init__(*args, **named)
        if not lines:
            del self.fields["items"]
            return
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (str(line.item.pk), line.standing.named) for line in lines
        ]

    def items_chosen(self) -> list[int]:
        """Return the ids of the ticked items."""
        return [int(each) for each in self.cleaned_data.get("items", [])]
