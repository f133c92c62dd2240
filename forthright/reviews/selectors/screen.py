"""Everything the marking screen shows: the letter, each criterion, and how far the marks are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from forthright.disclosure.selectors.kept_papers import papers_today
from forthright.disclosure.selectors.papers import papers_of
from forthright.reviews.models import Mark, MarkedPapers, Review
from forthright.reviews.selectors.left_out import Reading, Said, said_to
from forthright.reviews.selectors.record import sensitive_items_of
from forthright.reviews.selectors.states import has_letter
from forthright.rules.applicability import (
    Applicability,
    LetterRecord,
    applicabilities,
    applicabilities_of_disclosure,
)
from forthright.rules.marking import (
    MarkGiven,
    Problem,
    WholeLetter,
    choose_failing,
    critical_failures,
    finishing_problems,
    said_stamp,
)
from forthright.rules.quotations import Paragraph, Piece, Span, paragraphs_of, pieces_of
from forthright.rules.rubric import Criterion, Level, Rubric
from forthright.rules.sampled import Subject
from forthright.rules.written import reason_in
from forthright.samples.models import DrawnLetter
from forthright.schemes.models import Duty
from forthright.standards.selectors import rubric_of
from forthright.web import clock

WHY_NOT = {
    Subject.LETTERS: "Write why no letter was sent.",
    Subject.DISCLOSURE: "Write why nothing was served.",
}


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
    """A review's standard with the marks given so far, and what the record says about them."""

    review: Review
    rubric: Rubric
    marks: dict[str, Mark]
    # Whether there is a letter to mark, or only the question why none was sent.
    is_sent: bool

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return what is marked; being in time is worked out and not among it."""
        return self.rubric.quality_criteria

    @cached_property
    def decided(self) -> dict[str, Applicability]:
        """Return by code whether a criterion applies, where the record knows."""
        return decided_of(self.review.drawn_letter, self.criteria)

    def level_of(self, code: str) -> str:
        """Return the level of a criterion: the one given, or "does not apply" by the record."""
        mark = self.marks.get(code)
        if mark is not None and mark.level:
            return mark.level
        by_record = self.decided.get(code)
        return Level.NOT_APPLICABLE if by_record is not None and not by_record.applies else ""

    @cached_property
    def text(self) -> str:
        """Return what is marked, as it may be read today."""
        return text_marked(self.review)

    def quotation_of(self, code: str) -> str:
        """Return what the mark of one criterion quotes, as it may be read today."""
        mark = self.marks.get(code)
        return quotation_of(mark, self.text) if mark is not None and mark.quotation else ""

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self.review.drawn_letter, self.review.marker)

    @cached_property
    def said(self) -> Said:
        """Return what was written of the whole, as its marker may read it."""
        return said_to(self.review.marker, self.review)

    def note_of(self, code: str) -> str:
        """Return the note of one criterion, as its marker may read it."""
        mark = self.marks.get(code)
        return self._reading.of(mark.note) if mark is not None else ""

    def stamp_of(self, code: str) -> str:
        """Return the stamp of what is kept of one criterion."""
        mark = self.marks.get(code)
        said = (mark.quotation, mark.note) if mark is not None else ("", "")
        return said_stamp(self.level_of(code), *said)

    @property
    def stamp(self) -> str:
        """Return the stamp of all that is kept, which finishing would lock."""
        marks = [self.stamp_of(each.code) for each in self.criteria]
        return said_stamp(*marks, whole_stamp(self.review), self.review.not_sent_because)

    @property
    def given(self) -> dict[str, MarkGiven]:
        """Return the marks as the rules for finishing read them."""
        return {
            each.code: self._given(each.code)
            for each in self.criteria
            if each.code in self.marks or self.level_of(each.code)
        }

    def _given(self, code: str) -> MarkGiven:
        mark, level = self.marks.get(code), self.level_of(code)
        return MarkGiven(
            level=Level(level) if level else None,
            has_quotation=bool(mark and mark.quotation),
            has_note=bool(mark and reason_in(mark.note)),
        )

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
        if not self.is_sent:
            return not_sent_problems(review)
        drawn = review.drawn_letter
        whole = WholeLetter(
            done_well=review.done_well,
            to_change=review.to_change,
            has_root_cause=review.root_cause_id is not None,
            is_urgent_recorded=review.urgent_at is not None,
            subject=drawn.subject,
        )
        return finishing_problems(self.given, self.criteria, whole, self.decided)


def sheet_of(review: Review, at: datetime, *, rubric: Rubric | None = None) -> Sheet:
    """Return a review's standard and marks; a standard already read need not be read again."""
    # A marking that is not begun has none, and is in no table to ask.
    marks = review.marks.select_related("criterion").all() if review.pk else []
    return Sheet(
        review,
        rubric or rubric_of(review.edition),
        {mark.criterion.code: mark for mark in marks},
        has_letter(review, at),
    )


def decided_of(letter: DrawnLetter, criteria: Sequence[Criterion]) -> dict[str, Applicability]:
    """Return by code whether a criterion applies to what was drawn, where the record knows."""
    if letter.duty is None:
        return applicabilities_of_disclosure(criteria, sensitive=sensitive_items_of(letter))
    return applicabilities(criteria, letter_record(letter.duty))


def letter_record(duty: Duty) -> LetterRecord:
    """Return what the record says of a letter that decides what applies to it."""
    sent = clock.day_of(duty.sent_at) if duty.sent_at else None
    return LetterRecord(due_on=duty.due_on, sent_on=sent)


def whole_stamp(review: Review) -> str:
    """Return the stamp of what is kept of the letter as a whole."""
    cause = review.root_cause.code if review.root_cause else ""
    return said_stamp(cause, review.done_well, review.to_change)


def not_sent_stamp(review: Review) -> str:
    """Return the stamp of what is kept of why a letter was not sent."""
    cause = review.root_cause.code if review.root_cause else ""
    return said_stamp(cause, review.not_sent_because, review.to_change)


def urgent_stamp(review: Review) -> str:
    """Return the stamp of what is recorded as set going the same day."""
    return said_stamp(*review.urgent_acts, review.urgent_note)


def not_sent_problems(review: Review) -> tuple[Problem, ...]:
    """Return what is missing before a letter that was never sent can be reported."""
    problems = []
    if not reason_in(review.not_sent_because):
        problems.append(Problem("because", WHY_NOT[review.drawn_letter.subject]))
    if review.root_cause_id is None:
        problems.append(Problem("root_cause", choose_failing(review.drawn_letter.subject)))
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
    """Return the numbered paragraphs of the version, or of the papers, that are marked."""
    return paragraphs_of(text_marked(review))


def text_marked(review: Review) -> str:
    """Return the words that are marked: of the letter, or the papers of the disclosure.

    The papers of a marking that is not begun are those of this moment. Of those that were kept,
    what may not be read any more is left out at each look, for everybody; every other letter keeps
    its place.
    """
    if review.letter_version is not None:
        return review.letter_version.text
    drawn = review.drawn_letter
    if drawn.disclosure is None:
        return ""
    kept = MarkedPapers.objects.filter(review=review.pk).first() if review.pk else None
    if kept is None:
        return papers_of(drawn.disclosure, clock.today())
    return papers_today(drawn.disclosure, kept.text)


def quotation_of(mark: Mark | None, text: str) -> str:
    """Return what a mark quotes as it may be read today; what it keeps stays as it is.

    :param text: what is marked, as it may be read today
    """
    if mark is None or mark.quotation_start is None or mark.quotation_end is None:
        return mark.quotation if mark is not None else ""
    return text[mark.quotation_start : mark.quotation_end].strip()
