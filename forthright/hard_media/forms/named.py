"""The words of a form, and which of the recordings it names are to be expected."""

from typing import Any

from django import forms

from forthright.hard_media.models import MediaItem
from forthright.hard_media.selectors.named import FormRead, Named
from forthright.rules.exhibits_alike import NamedExhibit
from forthright.rules.written import cleaned
from forthright.web.widgets import CheckboxesWithHints

KINDS = dict(MediaItem.Kind.choices)
MOST_LETTERS = 200_000


class FormWordsForm(forms.Form):
    """Which form it is, and either its file or its words."""

    named_in = forms.ChoiceField(
        label="Which form is it?", choices=MediaItem.NamedIn.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose which form it is"},
    )  # fmt: skip
    file = forms.FileField(
        label="Choose the form", required=False, allow_empty_file=True,
        help_text="A Word document (.docx), a PDF with text or a text file, up to 10 MB. The file "
        "is read and not kept.",
    )  # fmt: skip
    text = forms.CharField(
        label="Or paste its words", required=False, strip=False, max_length=MOST_LETTERS,
        help_text="Rows of a table can be pasted as they are.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse neither and both."""
        said = super().clean() or {}
        has_text = bool(cleaned(said.get("text", "")))
        if not said.get("file") and not has_text and "text" not in self.errors:
            self.add_error("file", "Choose the file of the form, or paste its words")
        if said.get("file") and has_text:
            self.add_error("text", "Choose a file or paste words, not both")
        return said


class NamedForm(forms.Form):
    """Which of the exhibits that a form names are recorded as expected."""

    named_in = forms.ChoiceField(choices=MediaItem.NamedIn.choices, widget=forms.HiddenInput)
    text = forms.CharField(strip=False, max_length=MOST_LETTERS, widget=forms.HiddenInput)
    chosen = forms.MultipleChoiceField(
        label="Which are recordings that should come?",
        widget=CheckboxesWithHints,
        error_messages={
            "required": "Choose at least one, or go back to the case",
            "invalid_choice": "One that you chose came into the register since this page was "
            "opened. Choose again from the list below",
        },
    )

    def __init__(self, *arguments: Any, read: FormRead, **named: Any) -> None:
        """Offer what the register lacks; what looks like a recording is chosen beforehand."""
        super().__init__(*arguments, **named)
        self.read = read
        field = self.fields["chosen"]
        field.choices = [  # type: ignore[attr-defined]
            (each.exhibit.key, _label(each.exhibit)) for each in (*read.recorded, *read.others)
        ]
        field.widget.hints = {each.exhibit.key: _hint(each) for each in read.new}
        field.initial = [each.exhibit.key for each in read.new if each.is_chosen]

    def exhibits(self) -> list[NamedExhibit]:
        """Return those that were chosen."""
        chosen = self.cleaned_data["chosen"]
        return [each.exhibit for each in self.read.new if each.exhibit.key in chosen]


def _label(exhibit: NamedExhibit) -> str:
    if not exhibit.looks_recorded:
        return f"{exhibit.reference}, another exhibit"
    if not exhibit.has_reference:
        return exhibit.reference
    return f"{exhibit.reference}, {KINDS[exhibit.kind]}"


def _hint(named: Named) -> str:
    if was := named.renamed:
        return (
            f"“{named.exhibit.words}” {was.had_until}, so it is not chosen: choose it only if it "
            "is another recording."
        )
    if named.exhibit.doubted:
        return (
            f"“{named.exhibit.words}” The recording named here may be another than this exhibit, "
            "so it is not chosen: choose it if it is that recording."
        )
    return _hint_of_new(named)


def _hint_of_new(named: Named) -> str:
    words = f"“{named.exhibit.words}”"
    if not named.exhibit.looks_recorded:
        return f"{words} Nothing here says of it that it is a recording, so it is not chosen."
    if named.may_be:
        why = (
            "but something else is told of it, so it is not chosen: choose it if it is another "
            "recording."
            if named.exhibit.like
            else "so it is not chosen: it has no reference here."
        )
        return f"{words} It may be {named.may_be}, {why}"
    if named.may_name_somebody:
        return (
            f"{words} No reference is given here, and everybody it is shared with would read what "
            "it is called, so it is not chosen: choose it only if that gives nobody away, or add "
            "it by hand."
        )
    if not named.exhibit.has_reference:
        return f"{words} No reference is given here: change it once you know it."
    return words
