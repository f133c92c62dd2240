"""The forms of rounds, agreed marks and findings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from forthright.accounts.models import User
from forthright.calibration.services.rounds import Agreed, RoundDraft
from forthright.reviews.models import Review
from forthright.rules.rubric import Criterion, Level
from forthright.rules.sampled import Subject as SubjectKind
from forthright.rules.words import capitalised, date_words, local
from forthright.standards.models import Subject
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import DayField, ReasonField, WrittenField


class RoundForm(forms.Form):
    """A new round: its name, its letters, who marks them and until when."""

    name = WrittenField(
        max_length=100, label="Name of the round",
        help_text="For example: Reasons, November.",
        error_messages={"required": "Enter a name for the round"},
    )  # fmt: skip
    people = forms.MultipleChoiceField(
        label="Who marks", widget=forms.CheckboxSelectMultiple,
        help_text="Two at least. Whoever had a hand in one of them or marked it, or has seen its "
        "marks, marks the others of the round and not that one.",
        error_messages={"required": "Choose who marks"},
    )  # fmt: skip
    letters = forms.MultipleChoiceField(
        label="Letters", widget=forms.CheckboxSelectMultiple,
        help_text="Of your Area, marked under the edition in force, the newest first. "
        "Those that wait for second marks are not among them.",
        error_messages={"required": "Choose letters"},
    )  # fmt: skip
    mark_by = DayField(
        label="Last day to mark", help_text="For example, 27 11 2026.",
        error_messages={"required": "Enter the last day to mark"},
    )  # fmt: skip

    def __init__(
        self, *arguments: Any, people: Sequence[User], letters: Sequence[Review],
        subject: Subject, **named: Any,
    ) -> None:  # fmt: skip
        """Offer the people and letters, or disclosures, that a round may have."""
        super().__init__(*arguments, **named)
        self.subject = subject
        things = SubjectKind(subject).words.things
        self.fields["letters"].label = capitalised(things)
        self.fields["letters"].error_messages["required"] = f"Choose {things}"
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each}, {each.unit}") for each in people
        ]
        self.fields["letters"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), _letter_words(each)) for each in letters
        ]

    def draft(self) -> RoundDraft:
        """Return the round that was asked for."""
        cleaned = self.cleaned_data
        return RoundDraft(
            name=cleaned["name"],
            reviews={int(each) for each in cleaned["letters"]},
            people={int(each) for each in cleaned["people"]},
            mark_by=cleaned["mark_by"],
            subject=self.subject.value,
        )


class ClosingForm(forms.Form):
    """Why a round closes before everybody has finished."""

    because = ReasonField(
        required=False, label="Why it closes although not everybody has finished",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class GivingUpForm(forms.Form):
    """Why a round ends without a comparison."""

    because = ReasonField(
        label="Why it is given up", widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: one of the two who mark has left the Area.",
        error_messages={"required": "Enter why it is given up"},
    )  # fmt: skip


class DiscussionForm(forms.Form):
    """What was said about the marks of a letter."""

    discussion = WrittenField(
        label="What was said", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What made people differ, and how to read the criterion from now on.",
        error_messages={"required": "Write what was said"},
    )  # fmt: skip
    opened = opened_field()


class AgreementForm(forms.Form):
    """The agreed level of each criterion, and why where marks differed."""

    def __init__(
        self, *arguments: Any, criteria: Sequence[Criterion],
        given: Mapping[str, Mapping[int, Level]], only_given: bool = False, **named: Any,
    ) -> None:  # fmt: skip
        """Add a list of levels and a box for each criterion; what all gave is chosen already.

        `only_given` offers no level that nobody gave, where anybody gave one.
        """
        super().__init__(*arguments, **named)
        self.criteria = criteria
        for each in criteria:
            levels = set(given.get(each.code, {}).values())
            chosen = next(iter(levels)) if len(levels) == 1 else ""
            offered = [level for level in Level if level in each.levels or (
                level is Level.NOT_APPLICABLE and each.may_not_apply)]  # fmt: skip
            if only_given and levels:
                offered = [level for level in Level if level in levels]
            self.fields[f"{each.code}_level"] = forms.ChoiceField(
                label=f"Agreed level of {each.code} {each.title}",
                choices=[("", "Choose"), *((level.value, level.words) for level in offered)],
                initial=chosen,
                error_messages={"required": f"Choose the agreed level of {each.code}"},
            )
            self.fields[f"{each.code}_reason"] = ReasonField(
                label=f"Why, for {each.code}", required=False, max_length=500,
            )  # fmt: skip

    def agreed(self) -> dict[str, Agreed]:
        """Return what was agreed, by code."""
        cleaned = self.cleaned_data
        return {
            each.code: Agreed(
                level=cleaned[f"{each.code}_level"], reason=cleaned[f"{each.code}_reason"]
            )
            for each in self.criteria
        }

    def lines(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        """Return each criterion with its two boxes."""
        return [
            (each, self[f"{each.code}_level"], self[f"{each.code}_reason"])
            for each in self.criteria
        ]


class RetiringForm(forms.Form):
    """Why a letter with agreed marks goes out no more, and whether these are wrong."""

    are_marks_wrong = forms.TypedChoiceField(
        label="Are its agreed marks right?", widget=forms.RadioSelect,
        choices=[
            ("no", "They are right; the letter is known by now, or has gone out often enough"),
            ("yes", "They are wrong"),
        ],
        coerce=lambda chosen: chosen == "yes",
        help_text="Wrong ones are held against nobody from the next working out of leniency on, "
        "and say nothing of the Area’s share. What was worked out before stays as it was.",
        error_messages={"required": "Choose whether its agreed marks are right"},
    )  # fmt: skip
    reason = ReasonField(
        label="Why it goes out no more", widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter why it goes out no more"},
    )  # fmt: skip


class MarksWrongForm(forms.Form):
    """What is wrong with the agreed marks of a letter that goes out no more."""

    reason = ReasonField(
        label="What is wrong with them", widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what is wrong with them"},
    )  # fmt: skip


class TakingForm(forms.Form):
    """What somebody is going to do about a fault."""

    plan = WrittenField(
        label="What you are going to do about it", widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what you are going to do"},
    )  # fmt: skip


class ClosingFindingForm(forms.Form):
    """What came of a finding."""

    reason = ReasonField(
        label="What was changed, or why nothing needs to be",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what was changed"},
    )  # fmt: skip


def _letter_words(review: Review) -> str:
    marked = date_words(local(review.marked_at).date()) if review.marked_at else ""
    return f"{review.drawn_letter.called}: {review.unit}, marked {marked} by {review.marker}"
