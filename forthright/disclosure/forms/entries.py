"""The form of what an entry of the officer's report without an item number is about."""

from collections.abc import Sequence
from typing import Any

from django import forms

from forthright.disclosure.models import Item, UnnumberedEntry
from forthright.web.widgets import ReasonField

Outcome = UnnumberedEntry.Outcome


class PlaceForm(forms.Form):
    """Which items an entry is about, or why none."""

    outcome = forms.ChoiceField(
        label="What is it about?", widget=forms.RadioSelect,
        choices=[(Outcome.ITEMS.value, "The items that I tick"),
                 (Outcome.NONE.value, "No item of the schedules")],
        error_messages={"required": "Choose what the entry is about"},
    )  # fmt: skip
    items = forms.MultipleChoiceField(
        label="Which items?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Each then has the tag “May undermine or assist”, with what the entry says.",
    )  # fmt: skip
    reason = ReasonField(
        label="Why? (needed where it is about none)", required=False, max_length=500,
        help_text="Where it is about none: what was done about what it says, such as that the "
        "police were asked to schedule it. For the lawyers of the unit alone.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, items: Sequence[Item], **named: Any) -> None:
        """Offer the items of the schedules that stand."""
        super().__init__(*args, **named)
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (str(item.pk), f"{item.schedule.form} {item}: {item.description}") for item in items
        ]

    def items_chosen(self) -> list[int]:
        """Return the ids of the ticked items."""
        return [int(each) for each in self.cleaned_data.get("items", [])]
