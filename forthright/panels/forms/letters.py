"""The forms of anonymising and releasing a letter."""

from typing import Any

from django import forms

from forthright.panels.services.taking import kinds_offered
from forthright.rules.panel_questions import RARE_FACTS
from forthright.rules.written import LEAST_WEIGHED
from forthright.web.widgets import ReasonField, WrittenField


class AddPlaceForm(forms.Form):
    """Words that no layer saw and that are to be hidden."""

    words = WrittenField(
        label="Words to hide",
        max_length=500,
        help_text="As they stand in the letter. Selecting them there fills this in.",
    )
    kind = forms.ChoiceField(label="What they are", choices=kinds_offered)
    everywhere = forms.BooleanField(
        label="Hide the same words everywhere in the letter", required=False, initial=True
    )
    start = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class RareFactsForm(forms.Form):
    """The questions about what names nobody and may still tell who is meant."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Ask each question, with what was answered before."""
        super().__init__(*arguments, **named)
        for asked in RARE_FACTS:
            self.fields[asked.key] = ReasonField(
                least=LEAST_WEIGHED,
                label=asked.words,
                help_text=asked.hint,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )


class WithdrawForm(forms.Form):
    """Why a released letter is taken back."""

    reason = ReasonField(
        label="Why is it withdrawn?",
        help_text="Whoever is reading it is told that it was withdrawn, not why.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
