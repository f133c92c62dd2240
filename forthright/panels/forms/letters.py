"""The forms of anonymising and releasing a letter."""

from typing import Any

from django import forms

from forthright.panels.services.taking import kinds_offered
from forthright.rules.panel_questions import AGAIN, NO, RARE_FACTS, YES
from forthright.rules.written import LEAST_WEIGHED
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import ReasonField, WrittenField

STANDS = [
    (NO, "No: nothing of the kind is told, or it is hidden"),
    (YES, "Yes, and it can be read"),
]


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

    opened = opened_field()

    def __init__(self, *arguments: Any, is_again: bool = False, **named: Any) -> None:
        """Ask each question, with what was answered before.

        Of words that a person withdrew it is asked, too, why they may be read all the same.
        """
        super().__init__(*arguments, **named)
        self.asked = (*RARE_FACTS, AGAIN) if is_again else RARE_FACTS
        for asked in self.asked:
            self.fields[asked.key] = ReasonField(
                least=LEAST_WEIGHED,
                label=asked.words,
                help_text=asked.hint,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            if asked.stands:
                self.fields[f"{asked.key}_stands"] = forms.ChoiceField(
                    label=asked.stands, choices=STANDS, widget=forms.RadioSelect
                )

    def words(self) -> dict[str, str]:
        """Return what was written to each question."""
        return {asked.key: self.cleaned_data[asked.key] for asked in self.asked}

    def standing(self) -> set[str]:
        """Return the questions of which such a fact stands in the letter."""
        said = self.cleaned_data
        return {each.key for each in RARE_FACTS if said[f"{each.key}_stands"] == YES}


class WithdrawForm(forms.Form):
    """Why a released letter is taken back."""

    reason = ReasonField(
        label="Why is it withdrawn?",
        help_text="For who keeps the panel. Whoever is reading it is told that it was withdrawn, "
        "not why; the panel’s note says when, and by whom.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *arguments: Any, asks: bool = False, **named: Any) -> None:
        """Ask why, or from who may not withdraw it why others should."""
        super().__init__(*arguments, **named)
        if asks:
            self.fields["reason"].label = "Why should it be withdrawn?"
            self.fields["reason"].help_text = "Whoever keeps the panel reads this and decides."
