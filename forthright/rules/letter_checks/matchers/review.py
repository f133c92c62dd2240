"""Whether the right to a review is said as it is: the day, the body, and a meeting's reason."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from forthright.rules.case_file import LetterKind
from forthright.rules.letter_blocks.at_odds import last_day_at_odds
from forthright.rules.letter_checks.kinds.presence import place_to_add
from forthright.rules.letter_checks.matchers.dates import WrittenDate, dates_in
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import plain_copy
from forthright.rules.words import date_words, day_words

REVIEW = re.compile(
    r"\breview\b|"
    # The right told in other words: "you may ask us to look at this decision again".
    r"\b(?:you|please|to) [^.]{0,30}\bask\b[^.]{0,60}\b"
    r"(?:look\w* [^.]{0,40}\b(?:again|afresh)|re-?consider\w*|re-?examin\w*|second look)\b|"
    r"\bask us to (?:re-?consider|look again)\b"
)
# What invites to ask. A letter that answers a request speaks of the review without inviting.
INVITES = re.compile(r"\b(?:you (?:can|may|could)|please|to) ask\b[^.]{0,60}\breview\b")
ANSWERING = frozenset({LetterKind.HOLDING, LetterKind.COMPLAINT_REPLY})
ASK = re.compile(r"\b(?:ask|request|apply|contact|write|tell|let us know|ring|by|before)\b")
# Days that a sentence near the review gives for something else: a promise, a hearing, a meeting.
OF_OTHERS = re.compile(
    r"\bwill (?:ring|write|call|contact|tell|be|send|let|meet|also|then)\b|"
    r"\b(?:hearing|trial|court|meeting|meet)\b"
)
OF_REVIEW = re.compile(r"\b(?:ask|request|apply|review)\b")
# "Before 4 June" is until 3 June; "on or before", and "before the end of", are not.
BEFORE = re.compile(r"(?<!or )\bbefore (?:\w+day,? )?(?:the )?\Z")
ONE_DAY = timedelta(days=1)
LAST_DAY = re.compile(
    r"\b(?:by|on or before|no later than|until|before(?: the end of)?|deadline (?:is|of)) $"
)
# Words that in a letter on a decision can be of nothing but the review.
ASK_BY = re.compile(
    r"\b(?:(?:you (?:can|must|may|should|need to|have to)|please|last day to|deadline to) ask"
    r"(?! us (?:about|for (?!a review))))\b"
)
RULE_OF_TIME = re.compile(
    r"\bwithin (?:the (?:next |following )?)?(?:\w+|\d+) (?:working )?(?:days|weeks|months?)\b|"
    r"\bask (?:us )?(?:soon|quickly|promptly|without delay|in good time|as soon as \w+)\b"
)
# Bodies that do not review a decision of this service.
WRONG_BODY = (
    r"(?:iopc|independent office for police conduct|police(?: force| officers?)?|"
    r"(?:crown |magistrates' |high )?court|judge|ombudsman|magistrates|"
    r"(?:local )?(?:mp|councillor)|commissioner|ministry of justice|home office|"
    r"witness care unit|victim support|citizens advice)\b"
)
REVIEWED = r"(?:\breview\b|\b(?:look|looked|looks) at\b[^.]{0,20}\bdecision\b[^.]{0,20}\bagain\b)"
SAID_TO_REVIEW = re.compile(
    rf"\b(?:ask|asking|write to|contact|apply to|ring|request\w*)\b(?: to)? (?:the |a |your )?"
    rf"({WRONG_BODY}) (?:for|to|and|if you want|about)\b[^.]{{0,40}}{REVIEWED}|"
    rf"\breview\b[^.,]{{0,16}}, (?:please |you can )?(?:ring|ask|contact|write to|tell|"
    rf"call|speak to) (?:the |your )?({WRONG_BODY})|"
    rf"\breview (?:is |will be |can be |may be )?(?:done |carried out |made |held |asked for )?"
    rf"(?:by|from|through) (?:the |a |your )?({WRONG_BODY})|"
    rf"\b(?:the |a |your )({WRONG_BODY}) (?:will|can|may|does|do|would|carr(?:y|ies) out)\b"
    rf"[^.]{{0,30}}{REVIEWED}"
)
# Told after the right: "The police officer in the case will read the whole file."
THEN_READS = re.compile(
    rf"\b(?:the |a |your ){WRONG_BODY}(?: (?:in|of) (?:the|your) case)? "
    r"will (?:then |also )?(?:read|go through|look (?:again )?at|consider|re-?consider|check|"
    r"decide) (?:on )?(?:the |your |this |that |our |my )?(?:whole |full )?"
    r"(?:file|papers|decision|case|evidence|everything|it)\b"
)
IF_NEW = re.compile(r"\b(?:if|should|when|unless|new|fresh)\b")
# A review that whoever decided does not do, told in other words than the record's.
BY_ANOTHER = re.compile(
    r"\b(?:another|different|new|second|fresh|separate) (?:\w+ )?(?:prosecutor|lawyer)\b|"
    r"\b(?:prosecutor|lawyer|somebody|someone|colleague)\b[^.]{0,40}\b(?:who|that) (?:\w+ )?"
    r"(?:not|no|nothing|never)\b[^.]{0,60}(?:\bprosecutor\b|[.,])"
)
NOT_TO_REVIEW = re.compile(r"\b(?:not|cannot|never|no|nor|judicial review|complain\w*|evidence)\b")
UP_TO = re.compile(r"\b(?:up to|till|as late as|closes on|ends on|is|expires on)(?: the)? $")
SCHEME = "victims' right to review"


def review_date(subject: Subject) -> Iterator[Hit]:
    """Yield a day to ask for a review by that is missing, or is not the computed day."""
    case = subject.case
    right = case.review_right if case else None
    if case is None or right is None or not right.qualifies or right.ask_by is None:
        return
    speaks_of_it = INVITES if case.letter.kind in ANSWERING else REVIEW
    if not REVIEW.search(subject.plain):
        return
    wanted = f"on or before {day_words(right.ask_by)}"
    is_said = False
    for found in dates_in(subject, year=right.ask_by.year):
        told = _as_last_day(subject, found, right.ask_by)
        is_said = is_said or told is not None
        if told:
            yield from told
    if not is_said and speaks_of_it.search(subject.plain):
        if wrong := _wrong_day(subject, right.ask_by):
            yield wrong
            return
        place = RULE_OF_TIME.search(subject.plain)
        start, end = (
            place.span() if place and _is_of_asking(subject, place.start()) else _of_review(subject)
        )
        yield Hit(
            start, end, "The letter does not say by which day a review can be asked for.", wanted
        )


def _as_last_day(subject: Subject, found: WrittenDate, ask_by: date) -> list[Hit] | None:
    """Return what is wrong with a day told as the last to ask; None where it is no such day."""
    before = BEFORE.search(subject.plain, max(0, found.start - 24), found.start)
    asks = OF_REVIEW.search(subject.letter.around(found.start)) is not None
    if before and asks and _is_of_asking(subject, found.start):
        if found.day == ask_by + ONE_DAY:
            return []
        message = f"A review can be asked for until the end of {date_words(ask_by)}, not as here."
        return [Hit(before.start(), found.end, message, f"on or before {day_words(ask_by)}")]
    if found.day == ask_by:
        return []
    if found.day and _is_last_day(subject, found) and _is_of_asking(subject, found.start):
        message = f"A review can be asked for until {date_words(ask_by)}, not until this day."
        return [Hit(found.start, found.end, message, date_words(ask_by))]
    return None


def _wrong_day(subject: Subject, ask_by: date) -> Hit | None:
    """Return a day in a sentence on the review that can only be meant as the last to ask."""
    for found in dates_in(subject, year=ask_by.year):
        here = subject.letter.around(found.start)
        before = subject.plain[max(0, found.start - 30) : found.start]
        is_last = LAST_DAY.search(before) or UP_TO.search(before)
        is_of_it = REVIEW.search(here) or ASK_BY.search(here)
        if found.day and found.day != ask_by and is_last and is_of_it:
            message = f"A review can be asked for until {date_words(ask_by)}, not until this day."
            return Hit(found.start, found.end, message, date_words(ask_by))
    return None


def ask_by_of_rule(subject: Subject) -> Iterator[Hit]:
    """Yield the last day to ask that the record has, where the rule gives another."""
    case = subject.case
    right = case.review_right if case else None
    if case is None or right is None or right.ask_by is None:
        return
    for fault in last_day_at_odds(case, right):
        said = [each for each in dates_in(subject, year=right.ask_by.year)
                if each.day == right.ask_by]  # fmt: skip
        start, end = (said[0].start, said[0].end) if said else _of_review(subject)
        yield Hit(start, end, f"In the record, {fault}")


def _is_last_day(subject: Subject, found: WrittenDate) -> bool:
    """Say whether a day is to come, or is given as a last day though it has passed."""
    before = subject.plain[max(0, found.start - 30) : found.start]
    if found.day is not None and found.day > subject.as_of:
        return True
    is_asked = OF_REVIEW.search(subject.letter.around(found.start)) is not None
    return is_asked and LAST_DAY.search(before) is not None


def _is_of_asking(subject: Subject, place: int) -> bool:
    here = subject.letter.around(place)
    if ASK_BY.search(here) and not OF_OTHERS.search(here):
        return True
    if REVIEW.search(here) is None and OF_OTHERS.search(here):
        return False
    near = subject.letter.around(place, before=4, after=1)
    return REVIEW.search(near) is not None and ASK.search(here) is not None


def _of_review(subject: Subject) -> tuple[int, int]:
    found = subject.plain.find(SCHEME)
    if found >= 0:
        return found, found + len(SCHEME)
    end = subject.letter.body_end
    return end, end


def review_body(subject: Subject) -> Iterator[Hit]:
    """Yield a letter that does not name who reviews, as the record gives it."""
    case = subject.case
    right = case.review_right if case else None
    if right is None or not right.qualifies or not right.body:
        return
    yield from _wrong_body(subject, right.body)
    is_named = plain_copy(right.body) in " ".join(subject.plain.split())
    is_named = is_named or ("prosecutor" in right.body and bool(subject.matches(BY_ANOTHER)))
    if not is_named and REVIEW.search(subject.plain):
        start, end = _of_review(subject)
        yield Hit(start, end, f"The letter does not name {right.body}.", right.body)


def _wrong_body(subject: Subject, body: str) -> Iterator[Hit]:
    """Yield each body that is said to review the decision and is not the one of the record."""
    for found in subject.matches(THEN_READS):
        near = subject.letter.around(found.start(), before=2)
        if REVIEW.search(near) and not IF_NEW.search(subject.letter.around(found.start())):
            message = f"By the record {body} reviews this decision."
            yield Hit(*found.span(), message, body, "stop")
    for found in subject.matches(SAID_TO_REVIEW):
        said = next(each for each in range(1, 5) if found[each])
        here = subject.letter.around(found.start())
        if found[said] in plain_copy(body) or NOT_TO_REVIEW.search(here):
            continue
        name = subject.letter.text[slice(*found.span(said))]
        message = f"“{name}” does not review this decision. By the record {body} does."
        yield Hit(*found.span(said), message, body, "stop")


def meeting_reason(subject: Subject) -> Iterator[Hit]:
    """Yield a case in which a meeting has to be offered, is not, and nobody has said why."""
    meeting = subject.case.meeting if subject.case else None
    if (
        meeting
        and meeting.is_specified
        and not meeting.is_offered
        and not meeting.not_offered_because
    ):
        place = place_to_add(subject)
        yield Hit(place.start, place.end)


# What a reply may not say, by what the record says of its outcome.
STANDS = re.compile(r"\b(?:stands?|upheld|right|not changed?|unchanged|agrees?|remains?)\b")
RESTARTS = re.compile(r"\b(?:re-?start\w*|start\w* again|re-?open\w*|overturn\w*|wrong|charged)\b")
NOT_UPHELD = re.compile(r"\b(?:not|un)[ -]?(?:upheld|founded|justified|accepted)\b|\breject\w*\b")
UPHELD = re.compile(r"\b(?:upheld|justified|accepted)\b")
SAYS_RESTARTS = re.compile(
    r"\b(?:case|prosecution|proceedings|charges?) (?:will|is to|are to) (?:now |then )?(?:be )?"
    r"(?:re-?start\w*|start\w*(?: again)?|re-?open\w*|go ahead|brought back)|"
    r"\b(?:will|is to) (?:now )?be charged\b|\b(?:decision|prosecutor|colleague) was wrong\b"
)
SAYS_STANDS = re.compile(
    r"\b(?:agree with|uphold|stand by) (?:the|that|our|my colleague's) "
    r"(?:first |original )?decision\b|"
    r"\bdecision (?:was right|was correct|stands|will stand|remains|has not changed|is final)\b|"
    r"\bwill not be (?:charged|prosecuted|tried|re-?started|re-?opened)\b"
)
SAYS_NOT_UPHELD = re.compile(
    r"\b(?:do|does|did|can|will) ?not (?:be able to )?(?:uphold|accept|agree with) "
    r"your complaint\b|"
    r"\bcomplaint (?:is|was|has) (?:not (?:been )?upheld|been rejected|unfounded|rejected|closed)\b"
)
SAYS_UPHELD = re.compile(
    r"\b(?:i|we) uphold\b|\bcomplaint (?:is|was|has been) (?:partly )?upheld\b|\byou were right\b"
)
SAYS_DONE = re.compile(
    r"\breview (?:is|has been|was) (?:now )?(?:complete|completed|finished|done|over)\b|"
    r"\b(?:i|we) have (?:now )?(?:reviewed|decided|finished|completed)\b|"
    r"\bdecision (?:was right|stands)\b"
)
# A decision that only stands meanwhile, or that somebody may yet find right, is no answer.
AS_YET = re.compile(
    r"\buntil (?:then|(?:she|he|they|the review(?:er)?|that|i|we) (?:is|are|has|have|ends?|"
    r"finish\w*|writes?|answers?|decides?))\b|"
    r"\b(?:for now|for the moment|meanwhile|in the meantime)\b|"
    r"\bwhile (?:she|he|they|the review(?:er)?|i|we) (?:is|are|am|looks?|works?|reads?)\b|"
    r"\b(?:reviewer|colleague|prosecutor|review|she|he|they) (?:may|might|can|could|will) "
    r"(?:then )?(?:say|find|decide|conclude|tell you|answer)\b"
)
ONLY_PERHAPS = re.compile(r"\b(?:if|whether|would|could|unless|not (?:yet|say)|when|once)\b")
DENIED: Mapping[LetterKind, tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]] = {
    LetterKind.REVIEW_REPLY: ((RESTARTS, SAYS_STANDS), (STANDS, SAYS_RESTARTS)),
    LetterKind.COMPLAINT_REPLY: ((NOT_UPHELD, SAYS_UPHELD), (UPHELD, SAYS_NOT_UPHELD)),
    LetterKind.HOLDING: ((re.compile(r"\b(?:time|wait\w*|later|not yet)\b"), SAYS_DONE),),
}


def reply_outcome(subject: Subject) -> Iterator[Hit]:
    """Yield words that give another answer than the record does."""
    case = subject.case
    outcome = plain_copy(case.letter.reply_outcome) if case else ""
    if case is None or not outcome:
        return
    for recorded, denied in DENIED.get(case.letter.kind, ()):
        if not recorded.search(outcome):
            continue
        for found in subject.matches(denied):
            near = subject.letter.around(found.start())
            is_as_yet = case.letter.kind is LetterKind.HOLDING and (
                found.group().startswith("decision") and AS_YET.search(near)
            )
            if not is_as_yet and not ONLY_PERHAPS.search(near):
                yield Hit(*found.span())
        return
