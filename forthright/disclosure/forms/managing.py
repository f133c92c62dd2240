"""The form of the disclosure management document."""

from typing import Any

from django import forms

from forthright.rules.disclosure_management import HEADINGS, LONGEST_PART
from forthright.web.widgets import WrittenField


class ManagementForm(forms.Form):
    """What a prosecutor writes under each heading; what was done is added by itself."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer a box for each heading."""
        super().__init__(*arguments, **named)
        for heading in HEADINGS:
            self.fields[heading.key] = WrittenField(
                label=heading.title, help_text=heading.hint, required=False,
                max_length=LONGEST_PART, widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip
