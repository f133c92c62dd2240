"""A letter's words, pasted or in a file."""

from typing import Any

from django import forms

from forthright.rules.written import cleaned as readable


class WordsForm(forms.Form):
    """Either a file or the words themselves."""

    file = forms.FileField(
        label="Choose the letter", required=False, allow_empty_file=True,
        help_text="A Word document (.docx), a PDF or a text file, up to 10 MB",
    )  # fmt: skip
    text = forms.CharField(
        label="Or paste its words", required=False, strip=False,
        help_text="Paste the whole letter, with the address and the name of who signed it",
        widget=forms.Textarea(attrs={"rows": 16}),
    )  # fmt: skip

    is_what_went = forms.BooleanField(
        label="These are the words that were sent, and those kept before were not",
        required=False,
    )

    def __init__(self, *arguments: Any, asks_what_went: bool = False, **named: Any) -> None:
        """Ask whether these words went out only where that is not known."""
        super().__init__(*arguments, **named)
        if not asks_what_went:
            del self.fields["is_what_went"]

    def clean(self) -> dict[str, Any]:
        """Refuse neither and both."""
        cleaned = super().clean() or {}
        has_text = bool(readable(cleaned.get("text", "")))
        if not cleaned.get("file") and not has_text:
            self.add_error("file", "Choose the file of the letter, or paste its words")
        if cleaned.get("file") and has_text:
            self.add_error("text", "Choose a file or paste words, not both")
        return cleaned
