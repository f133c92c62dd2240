"""Begins a marking and keeps every mark as it is given; each save is whole or not there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters.selectors import latest_words
from forthright.reviews import policies
from forthright.reviews.models import Mark, Review
from forthright.reviews.selectors.screen import paragraphs_in
from forthright.rules.marking import UrgentAct, counted_seconds
from forthright.rules.quotations import find_quotation
from forthright.rules.words import count_words
from forthright.samples.models import DrawnLetter
from forthright.standards.models import Criterion, RootCause
from forthright.standards.selectors import edition_in_force
from forthright.web import clock

NOT_IN_THE_LETTER = (
    "These words are not in the letter. Copy them just as they stand there, or give only the "
    "number of the paragraph."
)


class NoStandard(LookupError):
    """The Area has no standard in force to mark by."""


class UrgentActsMissing(ValueError):
    """What was set going today was not said."""


class QuotationNotFound(ValueError):
    """Quoted words are not in the letter, or the paragraph is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a marker says of one criterion, as far as they have come."""

    level: str = ""
    quotation: str = ""
    paragraph: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a marker says of the letter as a whole."""

    root_cause: str = ""
    done_well: str = ""
    to_change: str = ""


@dataclass
class Saved:
    """What a save did: the criteria that changed, and each quotation that was not found."""

    changed: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def open_review(letter: DrawnLetter, *, by: User, at: datetime) -> Review:
    """Open a letter to mark it, begun by the standard in force now if this is the first time.

    :raises NotAllowed: if it is not this person's to mark
    :raises NoStandard: if there is no standard to mark by
    """
    policies.check_can_mark(by, letter)
    review = _own(by).filter(drawn_letter=letter.pk).first() or _begin(letter, by=by, at=at)
    if review.marked_at is not None:
        return review
    if review.letter_version_id is None and letter.was_sent:
        review.letter_version = latest_words(letter.duty)
        review.save(update_fields=["letter_version"])
    _count_time(review, at)
    version = review.letter_version
    if version is not None:
        audit.record("letter.words_seen", version, by=by, at=at, area=review.area,
                     review=review.pk)  # fmt: skip
    else:
        audit.record("review.seen", review, by=by, at=at)
    return review


@transaction.atomic
def save_marks(
    review: Review,
    answers: Mapping[str, Answer],
    *,
    by: User,
    at: datetime,
    summary: Summary | None = None,
) -> Saved:
    """Keep what was said of some criteria, and of the letter as a whole where that is given.

    A quotation that is not found in the letter keeps the one before, and is among the problems.

    :raises NotAllowed: if these marks are not this person's, or are finished
    """
    review = _locked(review, by)
    criteria = {
        each.code: each
        for each in Criterion.objects.filter(
            edition=review.edition_id, code__in=answers, is_timeliness=False
        )
    }
    marks = {mark.criterion_id: mark for mark in review.marks.all()}
    saved = Saved()
    for code, answer in answers.items():
        if code not in criteria:
            continue
        mark = marks.get(criteria[code].pk) or Mark(review=review, criterion=criteria[code])
        if _take(mark, answer, saved):
            mark.saved_at = at
            mark.save()
            saved.changed.append(code)
            audit.record(
                "mark.saved", mark, by=by, at=at, area=review.area, review=review.pk,
                criterion=code, level=mark.level, has_quotation=bool(mark.quotation),
            )  # fmt: skip
    if summary is not None:
        _take_summary(review, summary, by=by, at=at)
    _count_time(review, at)
    return saved


@transaction.atomic
def save_summary(review: Review, summary: Summary, *, by: User, at: datetime) -> Review:
    """Keep what was said of the letter as a whole.

    :raises NotAllowed: if these marks are not this person's, or are finished
    """
    review = _locked(review, by)
    _take_summary(review, summary, by=by, at=at)
    _count_time(review, at)
    return review


@transaction.atomic
def save_not_sent(
    review: Review, *, by: User, at: datetime, because: str, root_cause: str, to_change: str
) -> Review:
    """Keep why a letter was never sent.

    :raises NotAllowed: if these marks are not this person's, or are finished
    """
    review = _locked(review, by)
    review.not_sent_because = because.strip()
    review.root_cause = _root_cause(review, root_cause)
    review.to_change = to_change.strip()
    review.save(update_fields=["not_sent_because", "root_cause", "to_change"])
    audit.record("review.not_sent_saved", review, by=by, at=at, root_cause=root_cause)
    _count_time(review, at)
    return review


@transaction.atomic
def record_urgent_acts(
    review: Review, *, by: User, at: datetime, acts: Collection[str], note: str
) -> Review:
    """Record what was set going the same day after a critical failure, and who was told.

    :raises NotAllowed: if these marks are not this person's, or are finished
    :raises UrgentActsMissing: if nothing was set going, or nobody told
    """
    review = _locked(review, by)
    chosen = [act.value for act in UrgentAct if act.value in acts]
    if not chosen:
        raise UrgentActsMissing("Choose what has been set going today.")
    if not note.strip():
        raise UrgentActsMissing("Write who you told, and when.")
    review.urgent_acts, review.urgent_note, review.urgent_at = chosen, note.strip(), at
    review.save(update_fields=["urgent_acts", "urgent_note", "urgent_at"])
    audit.record("review.urgent_acts_recorded", review, by=by, at=at, acts=chosen)
    _count_time(review, at)
    return review


def _own(user: User) -> QuerySet[Review]:
    return Review.objects.filter(marker=user).select_related(
        "letter_version", "edition", "area", "root_cause", "marker", "unit",
        "drawn_letter__draw", "drawn_letter__duty",
    )  # fmt: skip


def _begin(letter: DrawnLetter, *, by: User, at: datetime) -> Review:
    edition = edition_in_force(letter.area, clock.day_of(at))
    if edition is None:
        raise NoStandard(
            f"{letter.area} has no standard in force to mark by. Ask an administrator to start it."
        )
    review, is_new = Review.objects.get_or_create(
        drawn_letter=letter,
        marker=by,
        defaults={
            "area_id": letter.area_id,
            "unit_id": letter.unit_id,
            "letter_version": latest_words(letter.duty) if letter.was_sent else None,
            "edition": edition,
            "started_at": at,
            "last_active_at": at,
        },
    )
    if is_new:
        audit.record("review.begun", review, by=by, at=at, edition=edition.number,
                     drawn_letter=letter.pk)  # fmt: skip
    return review


def _locked(review: Review, by: User) -> Review:
    """Return a review as it stands now, locked, once this person may change its marks."""
    Review.objects.select_for_update().get(pk=review.pk)
    review = Review.objects.select_related(
        "letter_version", "drawn_letter__draw", "drawn_letter__duty", "root_cause"
    ).get(pk=review.pk)
    policies.check_can_change_marks(by, review)
    return review


def _take(mark: Mark, answer: Answer, saved: Saved) -> bool:
    """Put an answer into a mark and return whether that changed it."""
    was = (mark.level, mark.quotation_start, mark.quotation_end, mark.note)
    mark.level, mark.note = answer.level, answer.note.strip()
    try:
        _quote(mark, answer)
    except QuotationNotFound as refusal:
        saved.problems[mark.criterion.code] = str(refusal)
    return was != (mark.level, mark.quotation_start, mark.quotation_end, mark.note)


def _take_summary(review: Review, summary: Summary, *, by: User, at: datetime) -> None:
    cause = _root_cause(review, summary.root_cause)
    before = (review.root_cause_id, review.done_well, review.to_change)
    review.root_cause = cause
    review.done_well = summary.done_well.strip()
    review.to_change = summary.to_change.strip()
    if before != (review.root_cause_id, review.done_well, review.to_change):
        review.save(update_fields=["root_cause", "done_well", "to_change"])
        audit.record("review.summary_saved", review, by=by, at=at,
                     root_cause=cause.code if cause else "")  # fmt: skip


def _quote(mark: Mark, answer: Answer) -> None:
    """Set a mark's quotation to words that stand in the letter."""
    quotation = answer.quotation.strip()
    if not quotation and answer.paragraph is None:
        mark.quotation, mark.quotation_start, mark.quotation_end = "", None, None
        return
    if answer.paragraph is None and quotation.split() == mark.quotation.split():
        return
    paragraphs = paragraphs_in(mark.review)
    if answer.paragraph is not None and not 1 <= answer.paragraph <= len(paragraphs):
        raise QuotationNotFound(
            f"The letter has {count_words(len(paragraphs), 'paragraph')}. "
            f"Give a number from 1 to {len(paragraphs)}."
        )
    version = mark.review.letter_version
    text = version.text if version is not None else ""
    if not quotation and answer.paragraph is not None:
        paragraph = paragraphs[answer.paragraph - 1]
        place: tuple[int, int] | None = (paragraph.start, paragraph.end)
    else:
        near = paragraphs[answer.paragraph - 1].start if answer.paragraph else 0
        place = find_quotation(text, quotation, near=near)
    if place is None:
        raise QuotationNotFound(NOT_IN_THE_LETTER)
    mark.quotation_start, mark.quotation_end = place
    mark.quotation = text[place[0] : place[1]]


def _root_cause(review: Review, code: str) -> RootCause | None:
    return RootCause.objects.filter(edition=review.edition_id, code=code).first() if code else None


def _count_time(review: Review, at: datetime) -> None:
    """Count the time since the last sign of life, unless it was too long a silence."""
    review.seconds_spent += counted_seconds(review.last_active_at, at)
    review.last_active_at = at
    review.save(update_fields=["seconds_spent", "last_active_at"])
