"""The forms by which a template is changed, on the page or in Word."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from forthright.letter_templates.examples import Example
from forthright.letter_templates.forms.conditions import (
    choices_of,
    condition_fields,
    condition_from,
    condition_initial,
)
from forthright.letter_templates.models import TemplateVersion
from forthright.letter_templates.services import TemplateWords
from forthright.rules.case_file import LetterKind
from forthright.rules.letter_blocks.wording import near_name

CHOICES = {"one of": "one_of", "at most one of": "at_most_one_of"}
WORDS = ("order", "use", "reason")


class TemplateForm(forms.Form):
    """The order of a template's blocks, what it is for, and why it changes."""

    order = forms.CharField(
        label="Blocks in order",
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text="One place on each line, by the code of its block. Where one of several blocks "
        "stands, write “one of: code, code” or “at most one of: code, code”.",
        error_messages={"required": "Name at least one block"},
    )
    use = forms.CharField(
        label="What is it for?", max_length=300, error_messages={"required": "Say what it is for"}
    )
    reason = forms.CharField(
        label="Why does it change?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever approves it reads this. Do not name any victim.",
        error_messages={"required": "Say why it changes"},
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds of letter",
        choices=choices_of(LetterKind),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one kind of letter"},
    )
    needs_note = forms.MultipleChoiceField(
        label="Kinds that need the prosecutor’s reasons",
        choices=choices_of(LetterKind),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *arguments: Any, codes: Sequence[str], **named: Any) -> None:
        """Know the blocks there are, and ask when the template is used."""
        super().__init__(*arguments, **named)
        self.codes = codes
        self.asked = condition_fields()
        self.fields.update(self.asked)

    @property
    def parts(self) -> list[list[forms.BoundField]]:
        """Return the fields of the order, of the kinds of letter, and of when it is used."""
        return [[self[name] for name in part] for part in (WORDS, ("kinds", "needs_note"),
                                                           self.asked)]  # fmt: skip

    def clean_order(self) -> list[Any]:
        """Return the places, or say which line cannot be read."""
        lines = enumerate(self.cleaned_data["order"].splitlines(), start=1)
        return [_place(line.strip(), number, self.codes) for number, line in lines if line.strip()]

    def words(self) -> TemplateWords:
        """Return what the template is to say."""
        cleaned = self.cleaned_data
        return TemplateWords(
            use=cleaned["use"],
            kinds=sorted(cleaned["kinds"]),
            needs_note=sorted(cleaned["needs_note"]),
            condition=condition_from(cleaned, self.initial.get("condition", {})),
            order=cleaned["order"],
        )


class WordFileForm(forms.Form):
    """A template as it was worded anew in Word."""

    file = forms.FileField(
        label="The Word file",
        help_text="A .docx file that you took out from this page and changed.",
        error_messages={
            "required": "Choose the Word file",
            "empty": "The file is empty. Save it again in Word.",
        },
    )
    reason = forms.CharField(
        label="Why does the wording change?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever approves it reads this. Do not name any victim.",
        error_messages={"required": "Say why it changes"},
    )


class ExampleForm(forms.Form):
    """For which made-up case a letter is shown."""

    example = forms.ChoiceField(label="Show it for this made-up case")

    def __init__(self, *arguments: Any, offered: Iterable[Example], **named: Any) -> None:
        """Offer the cases that the template is for."""
        super().__init__(*arguments, **named)
        field = self.fields["example"]
        field.choices = [(each.code, each.title) for each in offered]  # type: ignore[attr-defined]


def template_initial(version: TemplateVersion) -> dict[str, Any]:
    """Return what a template says as the form shows it."""
    return {
        "order": "\n".join(_line(each) for each in version.order),
        "use": version.use,
        "kinds": version.kinds,
        "needs_note": version.needs_note,
        "condition": version.condition,
        **condition_initial(version.condition),
    }


def _line(place: Any) -> str:
    if isinstance(place, str):
        return place
    key, codes = next(iter(place.items()))
    return f"{next(words for words, of in CHOICES.items() if of == key)}: {', '.join(codes)}"


def _place(line: str, number: int, known: Sequence[str]) -> Any:
    start, colon, rest = line.partition(":")
    if not colon:
        return _known(line, number, known)
    if start.strip().lower() not in CHOICES:
        raise ValidationError(
            f"Line {number}: before “:” stands “one of” or “at most one of”, not “{start.strip()}”"
        )
    codes = [_known(code.strip(), number, known) for code in rest.split(",") if code.strip()]
    return {CHOICES[start.strip().lower()]: codes}


def _known(code: str, number: int, known: Sequence[str]) -> str:
    if code not in known:
        raise ValidationError(
            f"Line {number}: there is no block “{code}”. {near_name(code, known)}"
        )
    return code
