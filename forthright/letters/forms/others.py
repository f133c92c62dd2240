"""What a letter that is not owed is written from, asked as its kind needs it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from forthright.rules.letter_kinds import Answer, Asked, OtherKind
from forthright.rules.words import date_words
from forthright.web.widgets import DayField, RadiosWithHints, ReasonField, WrittenField


class LetterFactsForm(forms.Form):
    """The facts of one kind of letter, each with what the letter makes of it."""

    def __init__(
        self, *arguments: Any, kind: OtherKind, sent: Mapping[str, tuple[str, date]], **named: Any
    ) -> None:
        """Ask what this kind needs; `sent` are the letters that could be put right."""
        super().__init__(*arguments, **named)
        letters = [(number, f"{name} of {date_words(on)}") for number, (name, on) in sent.items()]
        for each in kind.asks:
            self.fields[each.name] = _field(each, letters)


class EndForm(forms.Form):
    """Why a letter that was begun is not needed."""

    reason = ReasonField(
        label="Why is this letter not needed?", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What was written of it is kept",
    )  # fmt: skip


def _field(asked: Asked, letters: list[tuple[str, str]]) -> forms.Field:
    said: dict[str, Any] = {
        "label": asked.label, "help_text": asked.hint, "required": asked.is_needed,
    }  # fmt: skip
    if asked.answer is Answer.DAY:
        return DayField(**said)
    if asked.answer is Answer.TICK:
        return forms.BooleanField(**said)
    if asked.answer in (Answer.CHOICE, Answer.SENT_LETTER):
        choices = letters if asked.answer is Answer.SENT_LETTER else list(asked.choices)
        return forms.ChoiceField(choices=choices, widget=RadiosWithHints, **said)
    rows = 5 if asked.answer is Answer.LINES else 2
    longest = 3000 if asked.answer is Answer.LINES else 300
    return WrittenField(max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **said)


def answers_of(facts: Mapping[str, Any], kind: OtherKind) -> dict[str, Any]:
    """Return kept facts as the form shows them."""
    shown = dict(facts)
    for each in kind.asks:
        if each.answer is Answer.LINES:
            shown[each.name] = "\n".join(facts.get(each.name, ()))
        elif each.answer is Answer.DAY and facts.get(each.name):
            shown[each.name] = date.fromisoformat(facts[each.name])
    return shown
