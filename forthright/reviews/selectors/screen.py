"""Everything the marking screen shows: the letter, each criterion, and how far the marks are."""

from collections.abc import Mapping
from dataclasses import dataclass

from forthright.reviews.models import Mark, Review
from forthright.rules.marking import (
    MarkGiven,
    Problem,
    UrgentAct,
    WholeLetter,
    critical_failures,
    finishing_problems,
)
from forthright.rules.quotations import Paragraph, Piece, Span, paragraphs_of, pieces_of
from forthright.rules.rubric import Criterion, Level, Rubric
from forthright.standards.selectors import rubric_of


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of the letter, with the evidence in it."""

    number: int
    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many criteria have a level, and the first that has none."""

    marked: int
    of: int
    next_code: str

    @property
    def words(self) -> str:
        """Say it: "9 of 14 marked"."""
        return f"{self.marked} of {self.of} marked"


@dataclass(frozen=True)
class Sheet:
    """A review's standard with the marks given so far."""

    review: Review
    rubric: Rubric
    marks: dict[str, Mark]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return what is marked; being in time is worked out and not among it."""
        return self.rubric.quality_criteria

    @property
    def given(self) -> dict[str, MarkGiven]:
        """Return the marks as the rules for finishing read them."""
        return {
            code: MarkGiven(
                level=Level(mark.level) if mark.level else None,
                has_quotation=bool(mark.quotation),
                has_note=bool(mark.note.strip()),
            )
            for code, mark in self.marks.items()
        }

    @property
    def progress(self) -> Progress:
        """Return how far the marks have come."""
        given = self.given
        waiting = [
            each.code
            for each in self.criteria
            if each.code not in given or given[each.code].level is None
        ]
        number = len(self.criteria)
        return Progress(number - len(waiting), number, waiting[0] if waiting else "")

    @property
    def failures(self) -> tuple[Criterion, ...]:
        """Return the critical criteria that the letter does not meet."""
        return critical_failures(self.given, self.criteria)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what stands in the way of finishing."""
        review = self.review
        if not review.drawn_letter.was_sent:
            return not_sent_problems(review)
        whole = WholeLetter(
            done_well=review.done_well,
            to_change=review.to_change,
            has_root_cause=review.root_cause_id is not None,
            is_urgent_recorded=review.urgent_at is not None,
        )
        return finishing_problems(self.given, self.criteria, whole)


def sheet_of(review: Review, *, rubric: Rubric | None = None) -> Sheet:
    """Return a review's standard and marks; a standard already read need not be read again."""
    marks = review.marks.select_related("criterion").all()
    return Sheet(
        review,
        rubric or rubric_of(review.edition),
        {mark.criterion.code: mark for mark in marks},
    )


def not_sent_problems(review: Review) -> tuple[Problem, ...]:
    """Return what is missing before a letter that was never sent can be reported."""
    problems = []
    if not review.not_sent_because.strip():
        problems.append(Problem("because", "Write why no letter was sent."))
    if review.root_cause_id is None:
        problems.append(Problem("root_cause", "Choose where the fault began."))
    return tuple(problems)


def parts_of(review: Review, marks: Mapping[str, Mark]) -> list[Part]:
    """Return the letter's paragraphs with the evidence in each."""
    spans = [
        Span(mark.quotation_start, mark.quotation_end, code)
        for code, mark in marks.items()
        if mark.quotation_start is not None and mark.quotation_end is not None
    ]
    return [Part(each.number, each.start, pieces_of(each, spans)) for each in paragraphs_in(review)]


def paragraphs_in(review: Review) -> tuple[Paragraph, ...]:
    """Return the numbered paragraphs of the version that is marked."""
    version = review.letter_version
    return paragraphs_of(version.text) if version is not None else ()


def urgent_choices() -> list[tuple[str, str]]:
    """Return the acts of the same day as a form offers them."""
    return [(act.value, act.words) for act in UrgentAct]
