"""Whether the day by which a holding letter promises an answer is the day on record."""

import re
from collections.abc import Iterator

from forthright.rules.letter_checks.matchers.dates import dates_in
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.words import date_words, day_words

# The answer itself; a call to say how far it has come is another promise.
ANSWERS = re.compile(
    r"\b(?:(?:full|proper|final|complete) (?:answer|reply|response)|"
    r"(?:you will|you'll|you should|you can expect to) (?:have|get|receive) (?:an? |our |my |the )?"
    r"(?:\w+ )?(?:answer|reply|response)|(?:i|we|he|she) (?:will|shall|can|should|hope to|aim to) "
    r"(?:answer|reply|respond|give you (?:an|the|my|our) (?:\w+ )?(?:answer|reply|response)))\b"
)
TELLS = re.compile(
    r"\b(?:i|we|he|she) (?:will|shall|hope to|aim to) (?:then |also )?(?:write|ring|call|tell|"
    r"let you know|be in touch|get back|come back|e-?mail|contact)\b|\byou will hear\b"
)
BY = re.compile(r"\b(?:by|before|on|until|no later than|than)(?: the end of)?(?: the)? $")


def answer_day(subject: Subject) -> Iterator[Hit]:
    """Yield a day promised for the answer that is not the day on record.

    Where the letter gives the recorded day besides, only a promise of the answer itself is
    wrong on another day.
    """
    letter = subject.case.letter if subject.case else None
    promised = letter.next_on if letter else None
    if letter is None or promised is None:
        return
    days = (promised, letter.due_on)
    said = list(dates_in(subject, year=promised.year))
    is_given = any(each.day in days for each in said)
    wanted = (ANSWERS,) if is_given else (ANSWERS, TELLS)
    for found in said:
        sentence = subject.letter.sentence_at(found.start)
        if sentence is None or found.day is None or found.day in days:
            continue
        before = " ".join(subject.letter.said_before(found.start).split()) + " "
        is_to_come = found.day > subject.as_of and BY.search(before)
        if is_to_come and any(each.search(before) for each in wanted):
            message = f"By the record the answer is promised by {date_words(promised)}."
            yield Hit(found.start, found.end, message, day_words(promised))
