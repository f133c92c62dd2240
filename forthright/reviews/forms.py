"""The forms of marking, of telling the drafter, and of a dispute."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from forthright.reviews.models import Feedback, Mark
from forthright.reviews.selectors import urgent_choices
from forthright.reviews.services import Answer, Summary
from forthright.rules.rubric import Criterion, Level, Rubric
from forthright.web.widgets import DayField

LEVELS = (Level.FULLY, Level.PARTIALLY, Level.NOT_MET)
WORDS = {"rows": 2}


@dataclass(frozen=True, slots=True)
class LevelBox:
    """One level of a criterion, with what it looks like."""

    value: str
    words: str
    anchor: str
    example: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One criterion as the marking screen shows it."""

    criterion: Criterion
    levels: list[LevelBox]
    quotation: str
    paragraph: str
    note: str
    problems: list[str]

    @property
    def is_open(self) -> bool:
        """Return whether the evidence is to be seen without asking for it."""
        chosen = {each.value for each in self.levels if each.is_chosen}
        is_fault = bool(chosen & {Level.PARTIALLY, Level.NOT_MET})
        return bool(is_fault or self.quotation or self.note or self.problems)

    @property
    def is_marked(self) -> bool:
        """Return whether it has a level."""
        return any(each.is_chosen for each in self.levels)


class MarkingForm(forms.Form):
    """Every criterion of a standard and the letter as a whole; all may be left for later."""

    def __init__(
        self, *arguments: Any, rubric: Rubric, codes: Iterable[str] | None = None, **named: Any
    ) -> None:
        """Add four boxes for each criterion, or for those of the codes."""
        super().__init__(*arguments, **named)
        wanted = None if codes is None else set(codes)
        self.criteria = [
            each for each in rubric.quality_criteria if wanted is None or each.code in wanted
        ]
        for criterion in self.criteria:
            self._add_criterion(criterion)

    def _add_criterion(self, criterion: Criterion) -> None:
        name = f"{criterion.code} {criterion.title.lower()}"
        choices = [(level.value, level.words) for level in levels_of(criterion)]
        self.fields[f"{criterion.code}_level"] = forms.ChoiceField(
            label=name, choices=choices, widget=forms.RadioSelect, required=False
        )
        self.fields[f"{criterion.code}_quotation"] = forms.CharField(
            required=False, max_length=4000
        )
        self.fields[f"{criterion.code}_paragraph"] = forms.IntegerField(
            required=False,
            error_messages={"invalid": f"The paragraph for {name} must be a number, like 3"},
        )
        self.fields[f"{criterion.code}_note"] = forms.CharField(
            required=False,
            max_length=1000,
            error_messages={"max_length": f"The note for {name} may have 1,000 letters and spaces"},
        )

    def answers(self) -> dict[str, Answer]:
        """Return what was said of each criterion; a box with a fault counts as left alone."""
        cleaned = self.cleaned_data
        return {
            each.code: Answer(
                level=cleaned.get(f"{each.code}_level") or "",
                quotation=cleaned.get(f"{each.code}_quotation") or "",
                paragraph=cleaned.get(f"{each.code}_paragraph"),
                note=cleaned.get(f"{each.code}_note") or "",
            )
            for each in self.criteria
        }

    def cards(self, marks: dict[str, Mark]) -> list[Card]:
        """Return each criterion with what was typed, or else with what is kept."""
        return [self._card(each, marks.get(each.code)) for each in self.criteria]

    def _card(self, criterion: Criterion, mark: Mark | None) -> Card:
        level = self._value(criterion, "level", mark)
        boxes = [_box(criterion, each, level) for each in levels_of(criterion)]
        return Card(
            criterion=criterion,
            levels=boxes,
            quotation=self._value(criterion, "quotation", mark),
            paragraph=self.data.get(f"{criterion.code}_paragraph", "") if self.is_bound else "",
            note=self._value(criterion, "note", mark),
            problems=[
                str(problem)
                for box in ("level", "quotation", "paragraph", "note")
                for problem in self.errors.get(f"{criterion.code}_{box}", [])
            ],
        )

    def _value(self, criterion: Criterion, box: str, mark: Mark | None) -> str:
        if self.is_bound:
            return str(self.data.get(f"{criterion.code}_{box}", ""))
        return str(getattr(mark, box)) if mark is not None else ""


class SummaryForm(forms.Form):
    """What a marker says of the letter as a whole."""

    done_well = forms.CharField(
        label="One thing done well",
        help_text="The drafter reads this first. Be particular.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=WORDS),
    )
    to_change = forms.CharField(
        label="One thing to change",
        help_text="The one that would help the reader most.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=WORDS),
    )
    root_cause = forms.ChoiceField(
        label="Where the fault began",
        help_text="Needed when something is not met. It may lie before the drafter.",
        required=False,
        widget=forms.Select,
    )

    def __init__(self, *arguments: Any, rubric: Rubric, **named: Any) -> None:
        """Offer the root causes of the standard."""
        super().__init__(*arguments, **named)
        causes = [(each.code, each.title) for each in rubric.root_causes]
        self.fields["root_cause"].choices = [("", "Nothing to trace"), *causes]  # type: ignore[attr-defined]

    def summary(self) -> Summary:
        """Return what was said."""
        return Summary(**{
            name: self.cleaned_data.get(name) or ""
            for name in ("root_cause", "done_well", "to_change")
        })  # fmt: skip


class UrgentForm(forms.Form):
    """What was set going the same day after a critical failure."""

    acts = forms.MultipleChoiceField(
        label="What has been set going today?",
        choices=urgent_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    urgent_note = forms.CharField(
        label="Who did you tell, and when?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=WORDS),
    )


class NotSentForm(forms.Form):
    """Why a letter was never sent."""

    because = forms.CharField(
        label="Why was no letter sent?",
        help_text="What the record shows, and what people say. Do not guess.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    root_cause = forms.ChoiceField(
        label="Where did the fault begin?", required=False, widget=forms.RadioSelect
    )
    to_change = forms.CharField(
        label="What would stop it happening again? (optional)",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=WORDS),
    )

    def __init__(self, *arguments: Any, rubric: Rubric, **named: Any) -> None:
        """Offer the root causes of the standard."""
        super().__init__(*arguments, **named)
        self.fields["root_cause"].choices = [  # type: ignore[attr-defined]
            (each.code, each.title) for each in rubric.root_causes
        ]


class WordsForm(forms.Form):
    """The words of a letter, pasted in."""

    text = forms.CharField(
        label="The words of the letter",
        help_text="Open the letter as it was sent, copy all of it, and paste it here. "
        "Leave an empty line between paragraphs.",
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": "Paste the words of the letter"},
    )


class TellForm(forms.Form):
    """What a drafter is told."""

    text = forms.CharField(
        label="What you tell the drafter",
        help_text="Made from your marks. Change it as you like; the marks themselves stand beside.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Write what you tell the drafter"},
    )


class TellingForm(TellForm):
    """How somebody without an account was told."""

    who = forms.CharField(
        label="Who did you tell?",
        max_length=120,
        error_messages={"required": "Enter who you told"},
    )
    how = forms.ChoiceField(
        label="How?",
        choices=[each for each in Feedback.How.choices if each[0] != Feedback.How.HERE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you told them"},
    )
    on = DayField(
        label="On which day?",
        help_text="For example, 5 10 2026.",
        error_messages={"required": "Enter the day you told them"},
    )


class DisputeForm(forms.Form):
    """Why a drafter thinks a mark is wrong."""

    reason = forms.CharField(
        label="Why is this mark wrong?",
        help_text="Up to 200 letters and spaces. Point to the words in the letter.",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Write why this mark is wrong",
            "max_length": "The reason may have 200 letters and spaces; this has %(show_value)s",
        },
    )


class DecisionForm(forms.Form):
    """What comes of a dispute."""

    new_level = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the mark stands"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="The drafter and the marker both read this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write the reason"},
    )

    def __init__(self, *arguments: Any, choices: list[tuple[str, str]], **named: Any) -> None:
        """Offer that the mark stands, and each other level."""
        super().__init__(*arguments, **named)
        self.fields["new_level"].choices = choices  # type: ignore[attr-defined]


def levels_of(criterion: Criterion) -> list[Level]:
    """Return the levels a criterion may have, in the order they stand side by side."""
    return [*LEVELS, *([Level.NOT_APPLICABLE] if criterion.may_not_apply else [])]


def _box(criterion: Criterion, level: Level, chosen: str) -> LevelBox:
    """Return one level with its anchor; that a criterion does not apply has when it does."""
    anchor = criterion.levels.get(level)
    if anchor is not None:
        words, example = anchor.anchor, anchor.example
    else:
        when = criterion.applies_when
        words, example = f"It applies only when {when[:1].lower()}{when[1:]}", ""
    return LevelBox(level.value, level.words, words, example, level.value == chosen)
