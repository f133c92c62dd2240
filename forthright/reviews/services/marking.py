"""Keeps every mark as it is given; each save is whole or not there, and undoes nothing unseen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.reviews import policies
from forthright.reviews.models import Mark, Review
from forthright.reviews.selectors.left_out import kept_or, why_not_kept
from forthright.reviews.selectors.screen import (
    Sheet,
    not_sent_stamp,
    quotation_of,
    sheet_of,
    text_marked,
    urgent_stamp,
    whole_stamp,
)
from forthright.reviews.services.opening import count_time
from forthright.rules.marking import Keeping, UrgentAct, keeping, said_stamp
from forthright.rules.quotations import find_quotation, paragraphs_of
from forthright.rules.words import count_words
from forthright.rules.written import reason_in
from forthright.standards.models import Criterion, RootCause

NOT_IN_IT = (
    "These words are not in {}. Copy them just as they stand there, or give only the "
    "number of the paragraph."
)


# By its name, what the words of a box are called, and what they say.
Boxes = Mapping[str, tuple[str, str | None]]
DONE_WELL, TO_CHANGE = "what was done well", "what to change"
# The code under which the letter as a whole is saved, beside those of the criteria.
WHOLE = "whole"
CHANGED_MEANWHILE = "This was changed after you opened the page. Choose which of the two stands."


class UrgentActsMissing(ValueError):
    """What was set going today was not said."""


class TellsSensitive(ValueError):
    """Words repeat sensitive material; `box` is where they were written."""

    def __init__(self, box: str, why: str) -> None:
        """Keep where the words were written beside why they are refused."""
        super().__init__(why)
        self.box = box


class QuotationNotFound(ValueError):
    """Quoted words are not in the letter, or the paragraph is not."""


class Overtaken(ValueError):
    """What is kept was changed after the page was loaded that would now replace it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a marker says of one criterion, as far as they have come.

    Of a part that is None, what is kept stays; a quotation of None leaves the place, too. The base
    is the stamp of what the page was loaded with; without one, nothing is asked.
    """

    level: str | None = ""
    quotation: str | None = ""
    paragraph: int | None = None
    note: str | None = ""
    base: str | None = None

    def stamp_over(self, level: str, quotation: str, note: str) -> str:
        """Return the stamp of what is said over what is kept; a paragraph is new words always."""
        said = quotation if self.quotation is None else self.quotation
        if self.quotation is not None and self.paragraph is not None:
            said = f"{said} paragraph {self.paragraph}"
        return said_stamp(
            level if self.level is None else self.level, said,
            note if self.note is None else self.note,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a marker says of the letter as a whole; of a part that is None, what is kept stays."""

    root_cause: str | None = ""
    done_well: str | None = ""
    to_change: str | None = ""
    base: str | None = None

    def over(self, review: Review) -> "Summary":
        """Return what is said, with what is kept in the place of what is not."""
        kept = review.root_cause.code if review.root_cause else ""
        return Summary(
            root_cause=kept if self.root_cause is None else self.root_cause,
            done_well=review.done_well if self.done_well is None else self.done_well,
            to_change=review.to_change if self.to_change is None else self.to_change,
            base=self.base,
        )

    @property
    def stamp(self) -> str:
        """Return the stamp of what is said."""
        return said_stamp(self.root_cause or "", self.done_well or "", self.to_change or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """What a marker says of a letter that was not sent."""

    because: str
    root_cause: str
    to_change: str
    base: str | None = None

    @property
    def stamp(self) -> str:
        """Return the stamp of what is said."""
        return said_stamp(self.root_cause, self.because, self.to_change)


@dataclass
class Saved:
    """What a save did: what changed, each quotation not found, and what was changed meanwhile.

    What was changed after the page was loaded is left as it is until the marker has seen both. Of
    words that are refused, by the name of their box, what is kept stays.
    """

    changed: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    overtaken: list[str] = field(default_factory=list)


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
    sheet = sheet_of(review, at)
    criteria = {
        each.code: each
        for each in Criterion.objects.filter(
            edition=review.edition_id, code__in=answers, is_timeliness=False
        )
    }
    saved = Saved()
    for code, answer in answers.items():
        if code not in criteria or not _is_to_take(sheet, code, answer, saved):
            continue
        mark = sheet.marks.get(code) or Mark(review=review, criterion=criteria[code])
        note = {f"{code}_note": (f"the note for {code}", answer.note)}
        is_refused = _refuse(review, note, saved, by)
        if _take(mark, replace(answer, note=None) if is_refused else answer, saved):
            mark.saved_at = at
            mark.save()
            saved.changed.append(code)
            audit.record(
                "mark.saved", mark, by=by, at=at, area=review.area, review=review.pk,
                criterion=code, level=mark.level, has_quotation=bool(mark.quotation),
            )  # fmt: skip
    if summary is not None:
        _take_summary(review, summary, saved, by=by, at=at)
    count_time(review, at)
    return saved


@transaction.atomic
def save_summary(review: Review, summary: Summary, *, by: User, at: datetime) -> Saved:
    """Keep what was said of the letter as a whole.

    :raises NotAllowed: if these marks are not this person's, or are finished
    """
    review = _locked(review, by)
    saved = Saved()
    _take_summary(review, summary, saved, by=by, at=at)
    count_time(review, at)
    return saved


@transaction.atomic
def save_not_sent(review: Review, said: NotSent, *, by: User, at: datetime) -> Review:
    """Keep why a letter was not sent.

    :raises NotAllowed: if these marks are not this person's, or are finished
    :raises Overtaken: if that was written anew after the page was loaded
    :raises TellsSensitive: if it repeats sensitive material
    """
    review = _locked(review, by)
    because = ("why nothing was served", said.because)
    _check_tells_nothing(review, {"because": because, "to_change": (TO_CHANGE, said.to_change)}, by)
    if said.base not in {None, not_sent_stamp(review)} and said.stamp != not_sent_stamp(review):
        raise Overtaken(CHANGED_MEANWHILE)
    review.not_sent_because = kept_or(said.because, review.not_sent_because)
    review.root_cause = _root_cause(review, said.root_cause)
    review.to_change = kept_or(said.to_change, review.to_change)
    review.save(update_fields=["not_sent_because", "root_cause", "to_change"])
    audit.record("review.not_sent_saved", review, by=by, at=at, root_cause=said.root_cause)
    count_time(review, at)
    return review


@transaction.atomic
def record_urgent_acts(
    review: Review,
    *,
    by: User,
    at: datetime,
    acts: Collection[str],
    note: str,
    base: str | None = None,
) -> Review:
    """Record what was set going the same day after a critical failure, and who was told.

    :raises NotAllowed: if these marks are not this person's, or are finished
    :raises UrgentActsMissing: if nothing was set going, or nobody told
    :raises TellsSensitive: if it repeats sensitive material
    :raises Overtaken: if that was recorded anew after the page was loaded
    """
    review = _locked(review, by)
    fitting = UrgentAct.of(review.drawn_letter.subject)
    chosen = [act.value for act in fitting if act.value in acts]
    stamp = urgent_stamp(review)
    if base not in {None, stamp} and said_stamp(*chosen, note) != stamp:
        raise Overtaken(CHANGED_MEANWHILE)
    if not chosen:
        raise UrgentActsMissing("Choose what has been set going today.")
    if not reason_in(note):
        raise UrgentActsMissing("Write who you told, and when.")
    _check_tells_nothing(review, {"urgent_note": ("who you told", note)}, by)
    kept = kept_or(reason_in(note), review.urgent_note)
    review.urgent_acts, review.urgent_note, review.urgent_at = chosen, kept, at
    review.save(update_fields=["urgent_acts", "urgent_note", "urgent_at"])
    audit.record("review.urgent_acts_recorded", review, by=by, at=at, acts=chosen)
    count_time(review, at)
    return review


def _locked(review: Review, by: User) -> Review:
    """Return a review as it stands now, locked, once this person may change its marks."""
    Review.objects.select_for_update().get(pk=review.pk)
    review = Review.objects.select_related(
        "letter_version", "area", "edition", "drawn_letter__draw", "drawn_letter__duty",
        "root_cause",
    ).get(pk=review.pk)  # fmt: skip
    policies.check_can_change_marks(by, review)
    return review


def _refuse(review: Review, boxes: Boxes, saved: Saved, by: User) -> list[str]:
    """Note which words repeat sensitive material, and return the names of their boxes."""
    refused = []
    for box, (what, words) in boxes.items():
        if why := why_not_kept(review.drawn_letter, what, words or "", by=by):
            saved.refused[box] = why
            refused.append(box)
    return refused


def _check_tells_nothing(review: Review, boxes: Boxes, by: User) -> None:
    for box, (what, words) in boxes.items():
        if why := why_not_kept(review.drawn_letter, what, words or "", by=by):
            raise TellsSensitive(box, why)


def _take(mark: Mark, answer: Answer, saved: Saved) -> bool:
    """Put an answer into a mark and return whether that changed it."""
    was = (mark.level, mark.quotation_start, mark.quotation_end, mark.note)
    mark.level = mark.level if answer.level is None else answer.level
    mark.note = mark.note if answer.note is None else kept_or(answer.note, mark.note)
    try:
        _quote(mark, answer)
    except QuotationNotFound as refusal:
        saved.problems[mark.criterion.code] = str(refusal)
    return was != (mark.level, mark.quotation_start, mark.quotation_end, mark.note)


def _is_to_take(sheet: Sheet, code: str, answer: Answer, saved: Saved) -> bool:
    """Return whether an answer replaces what is kept; note where the marker is to be asked."""
    mark, level = sheet.marks.get(code), sheet.level_of(code)
    preset = level if mark is None else ""
    words = (mark.quotation, mark.note) if mark is not None else ("", "")
    what = keeping(
        base=answer.base,
        kept=sheet.stamp_of(code),
        said=answer.stamp_over(level, *words),
        nothing=said_stamp(preset, "", ""),
    )
    if what is Keeping.ASK:
        saved.overtaken.append(code)
    return what is Keeping.TAKE


def _take_summary(
    review: Review, summary: Summary, saved: Saved, *, by: User, at: datetime
) -> None:
    summary = summary.over(review)
    what = keeping(
        base=summary.base,
        kept=whole_stamp(review),
        said=summary.stamp,
        nothing=said_stamp("", "", ""),
    )
    if what is Keeping.ASK:
        saved.overtaken.append(WHOLE)
    if what is not Keeping.TAKE:
        return
    said = {
        "done_well": (DONE_WELL, summary.done_well),
        "to_change": (TO_CHANGE, summary.to_change),
    }
    for box in _refuse(review, said, saved, by):
        summary = replace(summary, **{box: getattr(review, box)})
    cause = _root_cause(review, summary.root_cause or "")
    before = (review.root_cause_id, review.done_well, review.to_change)
    review.root_cause = cause
    review.done_well = kept_or(summary.done_well or "", review.done_well)
    review.to_change = kept_or(summary.to_change or "", review.to_change)
    if before != (review.root_cause_id, review.done_well, review.to_change):
        review.save(update_fields=["root_cause", "done_well", "to_change"])
        audit.record("review.summary_saved", review, by=by, at=at,
                     root_cause=cause.code if cause else "")  # fmt: skip


def _quote(mark: Mark, answer: Answer) -> None:
    """Set a mark's quotation to words that stand in the letter."""
    if answer.quotation is None:
        return
    quotation = answer.quotation.strip()
    if not quotation and answer.paragraph is None:
        mark.quotation, mark.quotation_start, mark.quotation_end = "", None, None
        return
    if answer.paragraph is None and quotation.split() == mark.quotation.split():
        return
    text = text_marked(mark.review)
    # As it was shown, something of it may be left out; what is kept stays.
    if answer.paragraph is None and quotation.split() == quotation_of(mark, text).split():
        return
    paragraphs = paragraphs_of(text)
    words_of = mark.review.drawn_letter.words.words_of
    verb = "has" if mark.review.drawn_letter.duty_id else "have"
    if answer.paragraph is not None and not 1 <= answer.paragraph <= len(paragraphs):
        raise QuotationNotFound(
            f"{words_of[:1].upper()}{words_of[1:]} {verb} "
            f"{count_words(len(paragraphs), 'paragraph')}. "
            f"Give a number from 1 to {len(paragraphs)}."
        )
    if not quotation and answer.paragraph is not None:
        paragraph = paragraphs[answer.paragraph - 1]
        place: tuple[int, int] | None = (paragraph.start, paragraph.end)
    else:
        near = paragraphs[answer.paragraph - 1].start if answer.paragraph else 0
        place = find_quotation(text, quotation, near=near)
    if place is None:
        raise QuotationNotFound(NOT_IN_IT.format(words_of))
    mark.quotation_start, mark.quotation_end = place
    mark.quotation = text[place[0] : place[1]]


def _root_cause(review: Review, code: str) -> RootCause | None:
    return RootCause.objects.filter(edition=review.edition_id, code=code).first() if code else None
