"""Marks and results as a page shows them: level, words, colour, and what a dispute changed."""

from dataclasses import dataclass

from forthright.accounts.models import User
from forthright.reviews.models import Dispute, Mark, Review
from forthright.reviews.selectors.left_out import Reading
from forthright.reviews.selectors.lists import marks_of
from forthright.reviews.selectors.screen import Sheet, quotation_of, text_marked
from forthright.rules.timeliness import Timeliness
from forthright.standards.models import Criterion, Level

COLOURS = {
    Level.FULLY: "green",
    Level.PARTIALLY: "yellow",
    Level.NOT_MET: "red",
    Level.NOT_APPLICABLE: "grey",
}


@dataclass(frozen=True, slots=True)
class LevelShown:
    """A level with its words and colour."""

    words: str
    colour: str

    @classmethod
    def of(cls, level: str) -> "LevelShown":
        """Return how a level is shown."""
        found = Level(level)
        return cls(str(found.label), COLOURS[found])


@dataclass(frozen=True, slots=True)
class Result:
    """What the marks came to: quality and being in time, each by itself."""

    quality: LevelShown
    because: list[str]
    after: LevelShown | None
    after_because: list[str]
    in_time: str
    in_time_colour: str
    has_quality: bool


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mark with everything a drafter needs to learn from it."""

    mark: Mark
    # Its quotation as it may be read today, and its note as whoever looks may read it.
    quotation: str
    note: str
    criterion: Criterion
    level: LevelShown
    anchor: str
    is_fault: bool
    dispute: Dispute | None
    # Why it is disputed and why that was decided so, as whoever looks may read it.
    reason: str
    outcome_reason: str
    new_level: LevelShown | None


def result_of(review: Review) -> Result:
    """Return what finished marks came to."""
    stood = Timeliness(review.timeliness)
    has_quality = review.overall != Level.NOT_APPLICABLE
    # "Never" is said only while it still is so.
    sent = review.drawn_letter.words.sent
    is_sent_since = review.drawn_letter.sent_at is not None
    without = f"Not {sent} when marked" if is_sent_since else f"Never {sent}"
    after = review.overall_after_dispute
    return Result(
        quality=LevelShown.of(review.overall) if has_quality else LevelShown(without, "red"),
        because=review.overall_because,
        after=LevelShown.of(after) if after else None,
        after_because=review.overall_after_because,
        in_time=stood.words_of(sent),
        in_time_colour="green" if stood.is_met else "red" if stood.is_counted else "grey",
        has_quality=has_quality,
    )


def mark_lines(user: User, review: Review, sheet: Sheet | None = None) -> list[MarkLine]:
    """Return the marks of a review in the order of its standard, as this person may read them.

    With its sheet, also those that the record gives and that are kept on finishing.
    """
    marks = [mark for mark in marks_of(review) if mark.level]
    text = text_marked(review) if any(mark.quotation for mark in marks) else ""
    reading = Reading(review.drawn_letter, user)
    lines = [_line_of(mark, text, reading) for mark in marks]
    if sheet is None or not sheet.is_sent:
        return lines
    have = {line.criterion.code for line in lines}
    given = {code: sheet.level_of(code) for code in sheet.decided if code not in have}
    criteria = Criterion.objects.filter(edition=review.edition_id, code__in=given)
    lines += [
        _line_of(Mark(review=review, criterion=each, level=given[each.code]), text, reading)
        for each in criteria.prefetch_related("anchors")
        if given[each.code]
    ]
    return sorted(lines, key=lambda line: line.criterion.position)


def line_of(user: User, mark: Mark) -> MarkLine:
    """Return one mark as it is shown to this person."""
    text = text_marked(mark.review) if mark.quotation else ""
    return _line_of(mark, text, Reading(mark.review.drawn_letter, user))


def _line_of(mark: Mark, text: str, reading: Reading) -> MarkLine:
    dispute = next(iter(mark.disputes.all()), None) if mark.pk else None
    anchors = {each.level: each.words for each in mark.criterion.anchors.all()}
    accepted = dispute is not None and dispute.outcome == Dispute.Outcome.ACCEPTED
    return MarkLine(
        mark=mark,
        quotation=quotation_of(mark, text),
        note=reading.of(mark.note),
        criterion=mark.criterion,
        level=LevelShown.of(mark.level),
        anchor=anchors.get(mark.level, ""),
        is_fault=mark.level in {Level.PARTIALLY, Level.NOT_MET},
        dispute=dispute,
        reason=reading.of(dispute.reason) if dispute else "",
        outcome_reason=reading.of(dispute.outcome_reason) if dispute else "",
        new_level=LevelShown.of(dispute.new_level) if dispute and accepted else None,
    )
