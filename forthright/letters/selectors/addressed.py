"""A letter with the address it goes out with: the record's, at the moment it goes."""

from datetime import date

from forthright.letters.models import Dispatch, LetterVersion
from forthright.letters.selectors.case_facts import case_file_for, recipient_of
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.holding import why_words_may_not_go
from forthright.letters.selectors.sending import overruled_locks
from forthright.letters.selectors.which import Which, letter_of
from forthright.rules.contact_lock import Way, as_overruled, locks_left, way_asked_for
from forthright.rules.envelopes import window_for
from forthright.rules.letter_blocks.addressing import addressed, envelope_lines, not_to_be_sent
from forthright.rules.letter_blocks.composed import Composed


def as_it_goes(dispatch: Dispatch, on: date) -> Composed:
    """Return the words of a dispatch under the address that the record has this minute."""
    reader, way = recipient_of(dispatch.duty.person), Way(dispatch.channel)
    lines = window_for(way, on).fitted(envelope_lines(reader, way))
    return addressed(composed_of(dispatch.version), lines)


def as_a_file(version: LetterVersion, which: Which, today: date) -> tuple[Composed, bool]:
    """Return a version as it is handed out, and whether it may be sent as it is.

    One that may not has no address, and says on it that it is not to be sent.
    """
    letter = letter_of(which)
    overruled = overruled_locks(letter)
    case = case_file_for(letter, today)
    composed = composed_of(version)
    if locks_left(case, overruled) or why_words_may_not_go(letter, version.pk):
        return not_to_be_sent(composed), False
    reader = as_overruled(case, overruled).recipient
    way = way_asked_for(reader)
    return addressed(composed, window_for(way, today).fitted(envelope_lines(reader, way))), True
