"""The forms of marking, of telling the drafter, and of a dispute."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from forthright.reviews.models import Feedback
from forthright.reviews.selectors import Clash, Sheet, clash_of
from forthright.reviews.services import Answer, NotSent, Summary
from forthright.rules.applicability import levels_offered
from forthright.rules.marking import UrgentAct
from forthright.rules.rubric import Criterion, Level, Rubric
from forthright.rules.sampled import Subject, SubjectWords
from forthright.rules.words import uncapitalised
from forthright.rules.written import reason_in
from forthright.web.widgets import DayField, ReasonField, WrittenField, if_not_kept

WORDS = {"rows": 2}
# What a marker chooses where something was changed meanwhile: to let what is saved stand. The
# other choice is the stamp of what they have seen and overrule.
LET_STAND = "saved"


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
    # What the record says about whether it applies; empty where it does not say.
    by_record: str
    stamp: str
    clash: Clash | None

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


def base_of(form: forms.Form, code: str) -> str | None:
    """Return the stamp that what is said may replace, or None where the form has none."""
    return form.data.get(f"{code}_keep") or form.data.get(f"{code}_saved")


def lets_stand(form: forms.Form, code: str) -> bool:
    """Return whether the marker chose to let what is saved stand."""
    return bool(form.data.get(f"{code}_keep") == LET_STAND)


def _said_in(form: forms.Form, name: str) -> str | None:
    """Return what a box says; nothing of one with a fault, so that what is kept stays."""
    return None if name in form.errors else form.cleaned_data[name]


class MarkingForm(forms.Form):
    """Every criterion of a standard and the letter as a whole; all may be left for later."""

    def __init__(
        self, *arguments: Any, sheet: Sheet, codes: Iterable[str] | None = None, **named: Any
    ) -> None:
        """Add four boxes for each criterion, or for those of the codes."""
        super().__init__(*arguments, **named)
        self.sheet = sheet
        wanted = None if codes is None else set(codes)
        self.criteria = [each for each in sheet.criteria if wanted is None or each.code in wanted]
        for criterion in self.criteria:
            self._add_criterion(criterion)

    def _add_criterion(self, criterion: Criterion) -> None:
        name = f"{criterion.code} {criterion.title.lower()}"
        by_record = self.sheet.decided.get(criterion.code)
        choices = [(each.value, each.words) for each in levels_offered(criterion, by_record)]
        against = by_record.because if by_record else "It applies to every letter."
        self.fields[f"{criterion.code}_level"] = forms.ChoiceField(
            label=name,
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": f"Choose another level for {name}. {against}"},
        )
        self.fields[f"{criterion.code}_quotation"] = forms.CharField(
            required=False, max_length=4000,
            error_messages=if_not_kept(f"The words quoted for {name}", 4000),
        )  # fmt: skip
        self.fields[f"{criterion.code}_paragraph"] = forms.IntegerField(
            required=False,
            error_messages={"invalid": f"The paragraph for {name} must be a number, like 3"},
        )
        self.fields[f"{criterion.code}_note"] = WrittenField(
            required=False, max_length=1000,
            error_messages=if_not_kept(f"The note for {name}", 1000),
        )  # fmt: skip

    def answers(self) -> dict[str, Answer]:
        """Return what was said of each criterion; a box with a fault counts as left alone."""
        return {
            each.code: self._answer(each.code)
            for each in self.criteria
            if not lets_stand(self, each.code)
        }

    def _answer(self, code: str) -> Answer:
        quotation = _said_in(self, f"{code}_quotation")
        # A paragraph that is none says of no place, and takes none away.
        is_nowhere = f"{code}_paragraph" in self.errors and not quotation
        return Answer(
            level=_said_in(self, f"{code}_level"),
            quotation=None if is_nowhere else quotation,
            paragraph=self.cleaned_data.get(f"{code}_paragraph"),
            note=_said_in(self, f"{code}_note"),
            base=base_of(self, code),
        )

    def cards(self, sheet: Sheet, overtaken: Collection[str] = ()) -> list[Card]:
        """Return each criterion with what was typed, or else with what is kept.

        What was changed meanwhile is shown beside what was typed, for the marker to choose.
        """
        return [self._card(each, sheet, each.code in overtaken) for each in self.criteria]

    def _card(self, criterion: Criterion, sheet: Sheet, is_overtaken: bool) -> Card:
        code = criterion.code
        by_record = sheet.decided.get(code)
        level = self._value(code, "level", sheet.level_of(code))
        offered = levels_offered(criterion, by_record)
        stamp = sheet.stamp_of(code)
        return Card(
            criterion=criterion,
            levels=[_box(criterion, each, level) for each in offered],
            quotation=self._value(code, "quotation", sheet.quotation_of(code)),
            paragraph=self.data.get(f"{code}_paragraph", "") if self.is_bound else "",
            note=self._value(code, "note", sheet.note_of(code)),
            problems=[*self._problems(code), *_against_record(sheet, code)],
            by_record=by_record.because if by_record else "",
            stamp=self.data.get(f"{code}_saved", "") if is_overtaken else stamp,
            clash=clash_of(sheet, code) if is_overtaken else None,
        )

    def _problems(self, code: str) -> list[str]:
        return [
            str(problem)
            for box in ("level", "quotation", "paragraph", "note")
            for problem in self.errors.get(f"{code}_{box}", [])
        ]

    def _value(self, code: str, box: str, kept: str) -> str:
        if self.is_bound and not lets_stand(self, code):
            return str(self.data.get(f"{code}_{box}", ""))
        return kept


class SummaryForm(forms.Form):
    """What a marker says of the letter as a whole."""

    done_well = WrittenField(
        label="One thing done well",
        help_text="The drafter reads this first. Be particular.",
        required=False,
        max_length=1000,
        error_messages=if_not_kept("One thing done well", 1000),
        widget=forms.Textarea(attrs=WORDS),
    )
    to_change = WrittenField(
        label="One thing to change",
        help_text="The one that would help the reader most.",
        required=False,
        max_length=1000,
        error_messages=if_not_kept("One thing to change", 1000),
        widget=forms.Textarea(attrs=WORDS),
    )
    root_cause = forms.ChoiceField(
        label="Where the fault began",
        help_text="Needed when something is not met. It may lie before the drafter.",
        required=False,
        widget=forms.Select,
    )

    def __init__(self, *arguments: Any, rubric: Rubric, words: SubjectWords, **named: Any) -> None:
        """Offer the root causes of the standard."""
        super().__init__(*arguments, **named)
        self.fields["root_cause"].label = words.failing
        if words.thing != "letter":
            self.fields["done_well"].help_text = "The prosecutor reads this first. Be particular."
            self.fields["to_change"].help_text = "The one that would matter most."
            self.fields["root_cause"].help_text = "Needed when anything is not fully met."
        causes = [(each.code, each.title) for each in rubric.root_causes]
        self.fields["root_cause"].choices = [("", "Nothing to trace"), *causes]  # type: ignore[attr-defined]

    def summary(self) -> Summary:
        """Return what was said; of a box with a fault, what is kept stays."""
        said = {name: _said_in(self, name) for name in ("root_cause", "done_well", "to_change")}
        return Summary(**said, base=base_of(self, "whole"))


class UrgentForm(forms.Form):
    """What was set going the same day after a critical failure."""

    # Set where that was recorded anew after the page was loaded.
    is_overtaken = False

    acts = forms.MultipleChoiceField(
        label="What has been set going today?",
        choices=[(act.value, act.words) for act in UrgentAct],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    urgent_note = WrittenField(
        label="Who did you tell, and when?",
        required=False,
        max_length=500,
        error_messages=if_not_kept("Who you told, and when", 500),
        widget=forms.Textarea(attrs=WORDS),
    )


class FollowsForm(UrgentForm):
    """What follows from a critical failing that second marks alone found."""

    def __init__(self, *arguments: Any, subject: str, **named: Any) -> None:
        """Offer what fits a letter, or a disclosure."""
        super().__init__(*arguments, **named)
        acts = self.fields["acts"]
        assert isinstance(acts, forms.MultipleChoiceField)  # noqa: S101 - as it is above
        acts.choices = [(act.value, act.words) for act in UrgentAct.of(Subject(subject))]
        self.fields["urgent_note"].label = "Who was told, and when? Or why is nothing to be done?"
        self.fields["urgent_note"].help_text = "Name nobody but colleagues."


class NotSentForm(forms.Form):
    """Why a letter was never sent."""

    because = ReasonField(
        label="Why was no letter sent?",
        help_text="What the record shows, and what people say. Do not guess.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    root_cause = forms.ChoiceField(
        label="Where did the fault begin?", required=False, widget=forms.RadioSelect
    )
    to_change = WrittenField(
        label="What would stop it happening again? (optional)",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=WORDS),
    )

    def __init__(self, *arguments: Any, rubric: Rubric, words: SubjectWords, **named: Any) -> None:
        """Offer the root causes of the standard."""
        super().__init__(*arguments, **named)
        if words.thing != "letter":
            self.fields["because"].label = "Why was nothing served?"
            self.fields["root_cause"].label = words.failing
        self.fields["root_cause"].choices = [  # type: ignore[attr-defined]
            (each.code, each.title) for each in rubric.root_causes
        ]

    def said(self) -> NotSent:
        """Return what was said."""
        return NotSent(**self.cleaned_data, base=base_of(self, "whole"))


class WordsForm(forms.Form):
    """The words of a letter, pasted in."""

    text = WrittenField(
        label="The words of the letter",
        help_text="Open the letter as it was sent, copy all of it, and paste it here. "
        "Leave an empty line between paragraphs.",
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": "Paste the words of the letter"},
    )


class TellForm(forms.Form):
    """What a drafter is told."""

    text = ReasonField(
        label="What you tell the drafter",
        help_text="Made from your marks. Change it as you like; the marks themselves stand beside.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Write what you tell the drafter"},
    )


class TellingForm(TellForm):
    """How somebody without an account was told."""

    who = WrittenField(
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

    reason = ReasonField(
        label="Why is this mark wrong?",
        help_text="Up to 200 letters and spaces. Point to the words that show it.",
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
    reason = ReasonField(
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


def _against_record(sheet: Sheet, code: str) -> list[str]:
    """Return how the mark that is kept contradicts the record, if it does."""
    mark, by_record = sheet.marks.get(code), sheet.decided.get(code)
    if mark is None or by_record is None or not mark.level:
        return []
    against = by_record.contradiction(Level(mark.level), has_note=bool(reason_in(mark.note)))
    return [f"Marked “{Level(mark.level).words.lower()}”. {against}"] if against else []


def _box(criterion: Criterion, level: Level, chosen: str) -> LevelBox:
    """Return one level with its anchor; that a criterion does not apply has when it does."""
    anchor = criterion.levels.get(level)
    if anchor is not None:
        words, example = anchor.anchor, anchor.example
    else:
        when = criterion.applies_when
        words, example = f"It applies only when {uncapitalised(when)}", ""
    return LevelBox(level.value, level.words, words, example, level.value == chosen)
