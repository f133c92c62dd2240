"""What is written of marks as it may be kept and read: of disclosure, nothing that is sensitive.

What repeats sensitive material is refused when it is written. What came to be sensitive later is
left out for whoever may not see it; what is kept stays as it is.
"""

from dataclasses import dataclass
from functools import cached_property

from forthright.accounts.models import User
from forthright.disclosure.selectors.duties import may_see_sensitive
from forthright.disclosure.selectors.secrets import Secrets, why_not_said
from forthright.reviews.models import Feedback, Review
from forthright.rules.written import cleaned
from forthright.samples.models import DrawnLetter

READERS = "people who may not see such material"
LEFT_OUT = "These words are left out here: they are for the lawyers of the unit."


def why_not_kept(drawn: DrawnLetter, what: str, words: str, *, by: User) -> str:
    """Say why words about what was drawn are not kept; nothing of letters, where nothing is hidden.

    :param what: what the words are, as "the note for D4"
    """
    if drawn.disclosure is None:
        return ""
    return why_not_said(drawn.disclosure, what, words, readers=READERS, by=by)


def kept_or(words: str, kept: str) -> str:
    """Return words as they are to be kept; where they were left out, what is kept stays."""
    said = cleaned(words)
    return kept if said == LEFT_OUT else said


@dataclass(frozen=True)
class Reading:
    """How somebody may read what was written about something drawn; of letters all of it."""

    drawn: DrawnLetter
    user: User

    @cached_property
    def _hidden(self) -> Secrets | None:
        duty = self.drawn.disclosure
        return None if duty is None or may_see_sensitive(self.user, duty) else Secrets(duty)

    def of(self, words: str) -> str:
        """Return some words as this person may read them."""
        if not words or self._hidden is None:
            return words
        return LEFT_OUT if self._hidden.told_in(words) else words


@dataclass(frozen=True, slots=True)
class Said:
    """What was written of a marking as a whole, as somebody may read it."""

    done_well: str
    to_change: str
    not_sent_because: str
    urgent_note: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a drafter was told of marks, and what they answered, as somebody may read it."""

    text: str
    reply: str


def said_to(user: User, review: Review) -> Said:
    """Return what was written of a marking as a whole, as this person may read it."""
    reading = Reading(review.drawn_letter, user)
    return Said(
        done_well=reading.of(review.done_well),
        to_change=reading.of(review.to_change),
        not_sent_because=reading.of(review.not_sent_because),
        urgent_note=reading.of(review.urgent_note),
    )


def told_to(user: User, feedback: Feedback | None) -> Told | None:
    """Return what a drafter was told and answered, as this person may read it."""
    if feedback is None:
        return None
    reading = Reading(feedback.review.drawn_letter, user)
    return Told(reading.of(feedback.text), reading.of(feedback.reply))
