"""The forms by which the wording of a block is changed, added or taken out of use."""

from datetime import date, timedelta
from typing import Any

from django import forms

from forthright.letter_templates.forms.conditions import (
    condition_fields,
    condition_from,
    condition_initial,
)
from forthright.letter_templates.models import BlockVersion, Look, Owner, Standing
from forthright.letter_templates.services import BlockWords
from forthright.rules.rubric import published_rubric
from forthright.web.widgets import DayField, ReasonField, WrittenField

MOST_LETTERS = 20_000
YEAR = timedelta(days=365)
WORDS = ("title", "wording", "review_on", "reason")
ABOUT = ("need", "standards", "owner", "source", "source_address", "standing", "look", "joins")


class BlockForm(forms.Form):
    """What a block says, why it changes, and all it says of itself."""

    title = WrittenField(
        max_length=120,
        help_text="What people call it, for example Parking at the court.",
        error_messages={"required": "Enter a title"},
    )
    wording = forms.CharField(
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "true"}),
        help_text="One paragraph on each line. Begin a heading with “## ”, a bullet with “- ” and "
        "a numbered step with “1. ”. Put bold words between ** and **.",
        error_messages={"required": "Write the wording of the block"},
        strip=False,
    )
    review_on = DayField(
        label="Look at it again on",
        help_text="The owner is reminded on that day. For example, 1 11 2027.",
        error_messages={"required": "Enter the day on which it is looked at again"},
    )
    reason = ReasonField(
        label="Why does it change?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever approves it reads this. Do not name any victim.",
        error_messages={"required": "Say why it changes"},
    )
    need = WrittenField(
        label="What does the reader need it for?",
        max_length=200,
        error_messages={"required": "Say what the reader needs it for"},
    )
    standards = forms.MultipleChoiceField(
        label="Which parts of the standard does it help to meet?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one part of the standard"},
    )
    owner = forms.ChoiceField(label="Who answers for it?", choices=Owner.choices)
    source = WrittenField(
        label="Where does it come from?",
        max_length=300,
        help_text="The guidance or decision that it follows.",
        error_messages={"required": "Say where it comes from"},
    )
    source_address = WrittenField(
        label="Address of the source (optional)", max_length=300, required=False
    )
    standing = forms.ChoiceField(label="Has the Area confirmed it?", choices=Standing.choices)
    look = forms.ChoiceField(label="How do its lines look?", choices=Look.choices)
    joins = forms.BooleanField(
        label="It goes on in the paragraph of the block before it", required=False
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer the parts of the standard and the questions of when it is used."""
        super().__init__(*arguments, **named)
        standards = self.fields["standards"]
        standards.choices = [  # type: ignore[attr-defined]
            (each.code, f"{each.code} {each.title}") for each in published_rubric().criteria
        ]
        self.asked = condition_fields()
        self.fields.update(self.asked)

    @property
    def parts(self) -> list[list[forms.BoundField]]:
        """Return the fields of the words, of what it is for, and of when it is used."""
        names = ([name for name in ("code", *WORDS) if name in self.fields], ABOUT)
        return [[self[name] for name in part] for part in (*names, self.asked)]

    def words(self) -> BlockWords:
        """Return what the block is to say."""
        cleaned = self.cleaned_data
        kept = {
            name: cleaned[name] for name in (*ABOUT, "title", "review_on") if name != "standing"
        }
        return BlockWords(
            **kept,
            status=cleaned["standing"],
            wording=_tidy(cleaned["wording"]),
            condition=condition_from(cleaned, self.initial.get("condition", {})),
        )


class NewBlockForm(BlockForm):
    """A block that there was not before: its code besides."""

    code = forms.RegexField(
        r"^[a-z][a-z0-9_]*$",
        max_length=60,
        help_text="A short name for Word files and templates: small letters, numbers and _, for "
        "example parking_at_court.",
        error_messages={
            "required": "Enter a code",
            "invalid": "A code has small letters, numbers and _ only, and begins with a letter",
        },
    )


class ReasonForm(forms.Form):
    """Why a change is not approved, or a block is taken out of use."""

    reason = ReasonField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )


class ApprovalForm(forms.Form):
    """Why a wording is to be used although a check is against it; asked only where one is."""

    although = ReasonField(
        label="Why is it to be used although a check is against it?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="It is kept with the version, and everybody who sees it reads it.",
    )


def block_initial(version: BlockVersion, today: date) -> dict[str, Any]:
    """Return what a block says as the form shows it; a day of review gone by moves by a year."""
    names = [name for name in (*ABOUT, "title", "wording", "review_on") if name != "standing"]
    initial = {name: getattr(version, name) for name in names}
    initial |= {"standing": version.status, "condition": version.condition}
    if version.review_on is None or version.review_on <= today:
        initial["review_on"] = today + YEAR
    return initial | condition_initial(version.condition)


def _tidy(wording: str) -> str:
    return "\n".join(line.rstrip() for line in wording.splitlines()).strip("\n")
