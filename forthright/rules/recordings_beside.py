"""Everyday words right beside a reference that say that it is of a recording.

"The recording is exhibit CAD/3", "a neighbour's Ring doorbell (exhibit PL/4)". Further off they
may tell of anything, so there they decide nothing, see `recordings_named.loosely_in`.
"""

import re
from collections.abc import Sequence

from forthright.rules.recordings_named import OTHER, PHONE, Mention, is_about

_TOOL = r"(?:cellebrite|ufed|xry|graykey)"
_HANDSET = (
    r"(?:i ?phone|smart ?phone|(?:mobile )?phone|mobile|handset|tablet|ipad)s?\b(?: \d{1,2}\b)?"
)
_WHOSE = r"(?:(?:the|a|an|his|her|their|my) )?(?:[\w'’-]+['’]s )?"
_OUT_OF = r"(?:download|extraction)s?"
_DOWNLOAD = (
    rf"{_TOOL}(?: [\w-]+)?? {_OUT_OF}\b(?! reports?\b)(?: (?:of|from) {_WHOSE}{_HANDSET})?"
    rf"|{_OUT_OF} (?:of|from) {_WHOSE}{_HANDSET}"
)
_FILM = (
    r"(?:(?<!paper )(?<!hair )(?<!bulldog )(?<!money )(?<!crocodile )(?<!tie )(?<!magazine )"
    r"(?<!ammunition )clips?|recordings?(?! officers?\b)|(?:video|audio)[- ]?tapes?)\b"
)
_NOUNS = (
    (PHONE, _DOWNLOAD),
    ("CCTV", r"(?:ring|nest) (?:door[ -]?bells?|cameras?)(?: cameras?)?\b"),
    (OTHER, _FILM),
)
# Where a camera stands, or who made a recording.
_OF_WHOM = r"(?: (?:at|from|of|outside|opposite|by|on)(?: [\w'’.-]+){1,4}?)?"
_IS = (
    r",?(?: (?:which|that|it))?(?: (?:is|are|was|were|being|now|has been|have been|will be))?"
    r"(?: (?:now|also|produced|exhibited|marked|served|labelled))*(?: (?:as|at))?"
)
_EXHIBIT = (
    r"[\s,:([–-]{0,6}(?:(?:my|his|her|their) )?"
    r"(?:(?:exh?s?|exhibit(?:s|ed)?|ref(?:erence)?|as|nos?|number)\b\.?:? ?){0,3}"
)
_BEFORE = tuple(
    (kind, re.compile(rf"\b(?P<noun>(?:{noun})){_OF_WHOM}{_IS}{_EXHIBIT}$", re.IGNORECASE))
    for kind, noun in _NOUNS
)
# "CAD/3: the recording", "KH/18 is a Cellebrite download".
_LEADS = (
    r"^[\s:,)\]–-]{0,6}(?:(?:is|are|was|being) )?(?:(?:the|a|an|his|her|their|my) )?"
    r"(?:(?:full|second|third|other|short|longer|mobile|neighbour['’]s) )?"
)
_AFTER = tuple(
    (kind, re.compile(rf"{_LEADS}(?P<noun>(?:{noun}))", re.IGNORECASE)) for kind, noun in _NOUNS
)
# "A still as AJT/2, recording at noon": what stands before says what it is.
_PAPER = re.compile(
    r"\b(?:stills?|images?|photo(?:graph)?s?|screen ?shots?|transcripts?|logs?)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
# Near by, any of these leaves it to a person: "no second recording", "Recording AB/1: not held",
# "notes of the recording". What is offered unchosen is not lost.
_DOUBT = re.compile(
    r"\b(?:no|not|nor|never|without|notes?|reports?|sheets?|boards?|guns?"
    r"|pistols?|rifles?|ammunition|rounds)\b",
    re.IGNORECASE,
)
_NEAR = 40  # letters
# "Exhibit no CAD/3" denies nothing; "CAD/3: N" does.
_NUMBER = re.compile(r"\bno\b\.?:? ?$", re.IGNORECASE)
_ANSWERED_NO = re.compile(r"^[\s:,–-]{0,4}(?:n|n/a|no|none|nil)\b", re.IGNORECASE)

# "The CCTV shows Marsden at 9.04pm" tells more of what was named before.
_SAID_BEFORE = re.compile(r"\b(?:the|this|that|these|those|it|said) $", re.IGNORECASE)
_OF_ITS_OWN = re.compile(r"^\W*(?:of|from|with|by|at|for|made by)\b", re.IGNORECASE)
# Names and days; a word that begins a line is none unless another follows, or it has something.
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NAMED = re.compile(
    rf"(?<![\w’'])(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}"
    r"|[A-Z][A-Za-z]*-?\d+\b|[A-Z][\w-]+)"
)
_BEGINS = re.compile(r"^\W*(?![\w-]+(?:['’]s)? [A-Z])(?![\w-]+['’]s )[\w-]+")
_NO_NAMES = {
    *("Mr", "Mrs", "Ms", "Miss", "Dr", "PC", "DC", "DS", "DI", "PS", "PCSO", "The", "Her", "His"),
    *("She", "He", "They", "There", "An", "In", "On", "And", "It"),
}
_BESIDE = (40, 60)  # letters before and behind


def told_of(line: str, mention: Mention, mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the names and days beside what a line mentions, which tell it from another.

    :param mentions: all that the line mentions; what is beside another is not told of this one
    """
    begins = max((each.end for each in mentions if each.end <= mention.start), default=0)
    ends = min((each.start for each in mentions if each.start >= mention.end), default=len(line))
    before, after = line[begins : mention.start], line[mention.end : ends]
    if _SAID_BEFORE.search(before) and not _OF_ITS_OWN.search(after):
        return frozenset()
    begun = _BEGINS.sub("", before)
    if begins:
        # What stands between two tells of the first, where the second has its own behind it.
        begun = "" if _OF_ITS_OWN.search(after) else before
    near = f"{begun[-_BESIDE[0] :]} | {after[: _BESIDE[1]]}"
    found = (each.group() for each in _NAMED.finditer(near))
    return frozenset(each.lower() for each in found if each not in _NO_NAMES)


def mention_beside(line: str, start: int, end: int) -> Mention | None:
    """Return the words right beside the references of a line that say that they are a recording.

    :param start: where the references begin
    :param end: where they end
    """
    before, after = line[max(0, start - _NEAR) : start], line[end : end + _NEAR]
    if _ANSWERED_NO.search(after) or _DOUBT.search(f"{_NUMBER.sub('', before)} {after}"):
        return None
    sides = [(_BEFORE, line[:start], 0)]
    if not _PAPER.search(line[:start]):
        sides.append((_AFTER, line[end:], end))
    for patterns, words, offset in sides:
        for kind, pattern in patterns:
            if match := pattern.search(words):
                first, last = match.span("noun")
                found = Mention(kind, offset + first, offset + last, match["noun"])
                if not is_about(line, found):
                    return found
    return None
