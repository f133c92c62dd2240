"""What was saved after a page was loaded, to be shown beside what the page says instead."""

from dataclasses import dataclass

from forthright.reviews.models import Review
from forthright.reviews.selectors.left_out import said_to
from forthright.reviews.selectors.screen import (
    Sheet,
    not_sent_stamp,
    urgent_stamp,
    whole_stamp,
)
from forthright.rules.marking import UrgentAct
from forthright.rules.rubric import Level
from forthright.rules.words import list_words, local, time_words


@dataclass(frozen=True, slots=True)
class Clash:
    """Something saved meanwhile: where it stands on the page, its stamp, and what it says."""

    code: str
    stamp: str
    saved: list[str]


def clash_of(sheet: Sheet, code: str) -> Clash:
    """Return what is saved of a criterion, in words."""
    mark = sheet.marks.get(code)
    level = sheet.level_of(code)
    said = [Level(level).words if level else "No level"]
    if mark is not None:
        quotation = sheet.quotation_of(code)
        said += [f"Words from the letter: “{quotation}”"] if quotation else []
        note = sheet.note_of(code)
        said += [f"Note: {note}"] if note else []
        said += [f"Saved at {time_words(local(mark.saved_at).time())}"]
    return Clash(code, sheet.stamp_of(code), said)


def whole_clash(review: Review) -> Clash:
    """Return what is saved of the letter as a whole, in words."""
    kept = said_to(review.marker, review)
    said = [
        f"One thing done well: {kept.done_well or 'nothing yet'}",
        f"One thing to change: {kept.to_change or 'nothing yet'}",
        f"Where the fault began: {review.root_cause or 'nothing to trace'}",
    ]
    return Clash("whole", whole_stamp(review), said)


def not_sent_clash(review: Review) -> Clash:
    """Return what is saved of why a letter was not sent, in words."""
    kept = said_to(review.marker, review)
    said = [
        f"Why no letter was sent: {kept.not_sent_because or 'nothing yet'}",
        f"Where the fault began: {review.root_cause or 'not chosen yet'}",
        f"What would stop it: {kept.to_change or 'nothing yet'}",
    ]
    return Clash("whole", not_sent_stamp(review), said)


def urgent_clash(review: Review) -> Clash:
    """Return what is recorded as set going the same day, in words."""
    acts = list_words([UrgentAct(each).words for each in review.urgent_acts])
    note = said_to(review.marker, review).urgent_note
    return Clash("urgent", urgent_stamp(review), [acts or "Nothing", note])
