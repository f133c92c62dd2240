"""How a recording came, and whether it is on a disc or stick that was here before."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from forthright.hard_media.models import Carrier, MediaItem
from forthright.hard_media.services.coming import Came
from forthright.web.widgets import DayField, WrittenField

ON_NONE = "NONE"


def chosen_before(number: str, before: Sequence[Carrier]) -> dict[str, str]:
    """Return what is chosen beforehand where the page of a disc led to the question."""
    for each in before:
        if str(each.pk) == number:
            is_stick = each.kind == Carrier.Kind.USB
            source = MediaItem.Source.USB if is_stick else MediaItem.Source.DISC
            return {"source": source, "disc": number}
    return {}


class CameForm(forms.Form):
    """How a recording came."""

    source = forms.ChoiceField(
        label="How did it come?", choices=MediaItem.Source.choices, widget=forms.RadioSelect
    )
    on = DayField(label="When?", error_messages={"required": "Enter the day"})
    link = forms.URLField(label="Link", required=False, max_length=500, assume_scheme="https")
    link_expires_on = DayField(label="When does the link expire?", required=False)
    declared_hash = WrittenField(
        label="Digest that the sender declared",
        required=False,
        max_length=128,
        help_text="A long number of letters and digits, where the sender gave one",
    )
    disc = forms.ChoiceField(
        label="Is it on a disc or stick that was here before it was asked for again?",
        required=False,
        widget=forms.RadioSelect,
        help_text="Needed where it came on a disc, a stick or in another way by hand: what is here "
        "on that alone does not go without a question",
    )

    def __init__(self, *arguments: Any, before: Sequence[Carrier], **named: Any) -> None:
        """Ask which disc it is on, where it may be on one that was here before.

        :param before: those that hold a copy from before it was asked for again
        """
        super().__init__(*arguments, **named)
        self._before = {str(each.pk): each for each in before}
        if not before:
            del self.fields["disc"]
            return
        offered = [(pk, str(each)) for pk, each in self._before.items()]
        cast("forms.ChoiceField", self.fields["disc"]).choices = [
            *offered,
            (ON_NONE, "No, on none of these"),
        ]

    def came(self) -> Came:
        """Return how it came."""
        said = dict(self.cleaned_data)
        disc = said.pop("disc", "")
        return Came(**said, disc=self._before.get(disc), is_on_none=disc == ON_NONE)
