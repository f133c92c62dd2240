"""What a person gives when they hand over a file."""

from typing import Any

from django import forms
from django.http import QueryDict

from forthright.accounts.models import Area, Unit
from forthright.extracts.plans import KIND_WORDS, Answers, Near


class HandOver(forms.Form):
    """The file, what it holds, and the unit of cases for which it names none."""

    file = forms.FileField(
        label="The file",
        help_text="An .xlsx or .csv extract from CMS or MIS, or a new case message (.xml) from "
        "the police. The most is 100 MB for .xlsx and 300 MB for .csv.",
        error_messages={
            "required": "Choose the file to hand over.",
            "empty": "The file is empty. Run the extract again and check it has rows.",
        },
    )
    kind = forms.ChoiceField(
        label="What does it hold?",
        choices=[(str(kind), words) for kind, words in KIND_WORDS.items()],
        widget=forms.RadioSelect,
        initial="auto",
    )
    unit = forms.ModelChoiceField(
        label="Unit of new cases for which the file names none (optional)",
        help_text="Needed for messages from the police, which do not name our unit.",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Refuse such cases",
    )

    def __init__(self, *arguments: Any, area: Area, **named: Any) -> None:
        """Offer the units of this Area only."""
        super().__init__(*arguments, **named)
        units = self.fields["unit"]
        units.queryset = area.own_units  # type: ignore[attr-defined]


def answers_in(posted: QueryDict) -> Answers:
    """Return what somebody said of the rows of a file that a question was asked about."""
    return Answers(
        repeats_are_one="repeats_are_one" in posted,
        near_decisions=_near(posted.get("near_decisions", "")),
        near_names=_near(posted.get("near_names", "")),
    )


def _near(said: str) -> Near | None:
    return Near(said) if said in list(Near) else None
