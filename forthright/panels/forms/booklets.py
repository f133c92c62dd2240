"""The form that says what became of a printed booklet."""

from typing import Any, cast

from django import forms

from forthright.panels.selectors.booklets import Booklet, What
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import ReasonField


class BookletForm(forms.Form):
    """What became of a booklet, and how that is known."""

    opened = opened_field()
    what = forms.ChoiceField(
        label="What became of it?", widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it"},
    )  # fmt: skip
    because = ReasonField(
        label="How do you know, or why does it not come back?", max_length=300, required=False,
        help_text="Needed unless it is back. It stands on the page of the meeting; do not write "
        "whom a letter is about.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *arguments: Any, booklet: Booklet, **named: Any) -> None:
        """Offer that it is out after all only where something else was said."""
        super().__init__(*arguments, **named)
        choices = [each for each in What.choices if each[0] != What.OUT or not booklet.is_out]
        cast("forms.ChoiceField", self.fields["what"]).choices = choices
