"""The forms by which a template is changed, on the page or in Word."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from forthright.letter_templates.examples import Example
from forthright.letter_templates.forms.conditions import (
    choices_of,
    condition_fields,
    condition_from,
    condition_initial,
)
from forthright.letter_templates.forms.order import (
    AT_MOST_ONE_OF,
    ONE_OF,
    codes_at,
    is_order,
    rearranged,
)
from forthright.letter_templates.models import TemplateVersion
from forthright.letter_templates.selectors.seeing import BlockLine
from forthright.letter_templates.services import TemplateWords
from forthright.rules.case_file import LetterKind
from forthright.rules.words import list_words
from forthright.web.widgets import ReasonField, WrittenField

ABOUT, KINDS = ("title", "use"), ("kinds", "needs_note")
SEVERAL = {ONE_OF: "One of these", AT_MOST_ONE_OF: "At most one of these"}


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the order as the page shows it, counted from one."""

    number: int
    choice: str
    blocks: list[BlockLine]
    is_last: bool

    @property
    def title(self) -> str:
        """Return what stands there: "News" or "News or Part of the news"."""
        return list_words([each.title for each in self.blocks], joined_by="or")

    @property
    def is_needed(self) -> bool:
        """Say whether one of several blocks has to stand there."""
        return self.choice == SEVERAL[ONE_OF]


class TemplateForm(forms.Form):
    """What a template is called and for, the order of its blocks, and why it changes."""

    title = WrittenField(
        max_length=120,
        help_text="What people call it, for example Stopped charge: discontinued.",
        error_messages={"required": "Enter a title"},
    )
    # JSON that nobody types: buttons change it, and the page sends it along.
    order = forms.CharField(widget=forms.HiddenInput, required=False)
    add_block = forms.ChoiceField(label="Block", required=False)
    add_where = forms.ChoiceField(label="Where", required=False)
    use = WrittenField(
        label="What is it for?", max_length=300, error_messages={"required": "Say what it is for"}
    )
    reason = ReasonField(
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

    def __init__(self, *arguments: Any, held: Iterable[BlockLine], **named: Any) -> None:
        """Know the blocks there are, offer those not yet in the order, and ask when it is used."""
        super().__init__(*arguments, **named)
        self.held = {each.code: each for each in held}
        self.asked = condition_fields()
        self.fields.update(self.asked)
        used = {code for place in self.order_shown for code in codes_at(place)}
        free = sorted((each for code, each in self.held.items() if code not in used),
                      key=lambda each: each.title)  # fmt: skip
        _offer(self.fields["add_block"], [("", "Choose a block"),
                                          *((each.code, each.title) for each in free)])  # fmt: skip
        _offer(self.fields["add_where"], self._wheres())
        self.initial.setdefault("add_where", f"after {len(self.order_shown)}")

    @property
    def parts(self) -> list[list[forms.BoundField]]:
        """Return the fields of what it is, of the kinds of letter, and of when it is used."""
        return [[self[name] for name in part] for part in (ABOUT, KINDS, self.asked)]

    @property
    def order_shown(self) -> list[Any]:
        """Return the order as it was sent, or else as it is; one that cannot be read is empty."""
        try:
            given = json.loads(self["order"].value() or "[]")
        except ValueError:
            return []
        return given if is_order(given, self.held) else []

    @property
    def rows(self) -> list[Row]:
        """Return the places in order, as the page shows them."""
        order = self.order_shown
        return [
            Row(
                number,
                "" if isinstance(place, str) else SEVERAL[next(iter(place))],
                [self.held[code] for code in codes_at(place)],
                number == len(order),
            )
            for number, place in enumerate(order, start=1)
        ]

    def clean_order(self) -> list[Any]:
        """Return the places of the order."""
        return self.order_shown

    def clean_add_block(self) -> str:
        """Refuse to leave out a block that was chosen and not added."""
        if self.cleaned_data["add_block"]:
            raise ValidationError("Press “Add the block”, or choose no block")
        return ""

    def _wheres(self) -> list[Any]:
        rows = [(each.number, f"{each.number}. {each.title}") for each in self.rows]
        after = [(f"after {number}", f"After {words}") for number, words in rows]
        beside = [(f"with {number}", f"Beside {words}") for number, words in rows]
        several = [("Where one of several blocks stands", beside)] if beside else []
        return [("after 0", "At the beginning"), *after, *several]

    def words(self) -> TemplateWords:
        """Return what the template is to say."""
        cleaned = self.cleaned_data
        return TemplateWords(
            title=cleaned["title"],
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
    reason = ReasonField(
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


def with_order_changed(
    sent: QueryDict, *, held: Iterable[BlockLine], initial: Mapping[str, Any]
) -> TemplateForm:
    """Return the form as it was filled in and not judged yet, its order as the button makes it."""
    lines = list(held)
    form = TemplateForm(sent, held=lines, initial=dict(initial))
    answers = {
        name: field.widget.value_from_datadict(sent, {}, name)
        for name, field in form.fields.items()
    }
    code, where = answers.pop("add_block") or "", answers.pop("add_where") or ""
    order = rearranged(form.order_shown, str(sent["act"]), code=code, where=where)
    answers["order"] = json.dumps(order)
    if sent["act"] == "add" and code:
        # Whoever adds one block after another adds the next below it.
        places = (number for number, each in enumerate(order, 1) if code in codes_at(each))
        answers["add_where"] = f"after {next(places, len(order))}"
    return TemplateForm(held=lines, initial={**initial, **answers})


def template_initial(version: TemplateVersion) -> dict[str, Any]:
    """Return what a template says as the form shows it."""
    said = {name: getattr(version, name) for name in (*ABOUT, *KINDS, "condition")}
    order = {"order": json.dumps(version.order)}
    return said | order | condition_initial(version.condition)


def initial_like(version: TemplateVersion) -> dict[str, Any]:
    """Return all of a template but its name and purpose, for another to begin with."""
    said = template_initial(version)
    return {name: value for name, value in said.items() if name not in ABOUT}


def _offer(field: forms.Field, choices: list[Any]) -> None:
    field.choices = choices  # type: ignore[attr-defined]
