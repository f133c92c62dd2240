"""Finds the recordings that a form names, by exhibit reference or by what they are.

What is found is offered, never taken for certain: a person says which are recordings. So a
reference that says nothing of a recording is offered too, and is only not chosen beforehand.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from forthright.rules.cameras_beside import camera_of
from forthright.rules.exhibits import exhibit_key
from forthright.rules.exhibits_alike import LONGEST_REFERENCE, Alike, NamedExhibit
from forthright.rules.exhibits_nearest import groups_of, shared_out
from forthright.rules.form_answers import Answer, answer_after
from forthright.rules.form_lines import (
    LONGEST_LINE,
    LONGEST_WORDS,
    clipped,
    plain_lines,
    sentences_of,
)
from forthright.rules.recordings_beside import mention_beside, told_of
from forthright.rules.recordings_named import DOORBELL, OTHER, Mention, loosely_in, mentions_in
from forthright.rules.schedules.form_words import own_words_of

LONGEST_RANGE = 100  # exhibits, of which more are likely a slip


# Initials and a number: "DM/3", "JRS / 12a", "ABC/JT/1", "dm/3", or more parts: "JB/0001/2"; with
# no stroke, or with a single letter, only after the word ("exhibit EBT189", "ref KL-3"), and with
# no stroke where a line begins.
_STROKE = (
    r"(?<![\w/.])(?P<initials>(?!(?:CCTV|BWV|ABE)/)(?:[A-Z]{2,5}/)?(?:[A-Z]{2,5}|[A-Za-z]{2,3}))"
    r" ?[/\\] ?(?P<number>\d{1,5})(?P<letter>[A-Za-z]?)"
)
_PARTS = (
    r"(?<![\w/.])(?P<parts>(?=[\w /\\]{0,60}\d)[A-Z]{2,8}\d{0,5}"
    r"(?: ?[/\\] ?(?:\d{1,6}[A-Za-z]?|[A-Z]{1,8}\d{0,5})){2,3})(?![\w/])"
)
_NO_STROKE = (
    r"(?i:\b(?:exhibit(?:s|ed)?|exh\.?)(?: as| no\.?| number| ref(?:erence)?\.?)?:? )"
    r"\(?(?P<bare>[A-Z]{2,5}-[A-Z]{1,8}-\d{1,5}[A-Za-z]?"
    r"|[A-Z]{2,5}[ .-]?\d{1,4}[A-Za-z]?|[A-Z] ?[/\\.-]? ?\d{1,4}[A-Z]?)\b(?!/)"
)
# "SH-BWV-01": a dash is read between parts of which one is the kind of a recording.
_CODE = r"(?:BWV|BWC|BWF|CCTV|ABE|VRI|DASH|DVD)"
_DASHED = (
    rf"(?<![\w/.-])(?P<dashed>(?:[A-Z]{{2,5}}-{_CODE}|{_CODE}-[A-Z]{{2,5}})-\d{{1,5}}[A-Za-z]?"
    rf"|[A-Z]{{2,5}}-\d{{1,5}}-{_CODE})(?![\w/]|-\w)"
)
_AFTER_REF = (
    r"(?i:\bref(?:erence)?\.?:? )\(?(?P<after_ref>[A-Z]{2,5}[.-]\d{1,4}[A-Za-z]?)\b(?![/.-]?\d)"
)
# "exhibit no 12", where it is no list of numbers.
_LISTED = r"(?:,| ?and| ?&| ?to| ?[-–/.]) ?\d"
_NUMBERED = (
    r"(?i:\b(?:exhibit|exh\.?)(?: as)? (?:no\.?|number) ?)"
    rf"(?P<nth>\d{{1,4}})\b(?! ?{_LISTED})"
)
_POSTCODE_ENDS = r"(?! ?\d[A-Z]{2}\b)"
_FIRST = rf"^[^\w]*(?P<first>[A-Z]{{2,4}}\d{{1,3}}[A-Z]?)\b(?!/){_POSTCODE_ENDS}"
# No exhibit unless it says so: forms and records, and a rank before a collar number.
_FORMS = {"MG", "CPS", "PNC", "CRO", "URN", "NFA", "CCTV", "BWV", "ABE", "SDC"}
# Words of a sentence before a stroke and a number, "and/2"; of these only a person can tell whether
# "JAN/1" is an exhibit of somebody with such initials.
_MONTHS = {
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "SEPT", "OCT", "NOV", "DEC",
}  # fmt: skip
_DOUBTFUL = {"AND", "OR", "TO", "NO", "OF", "PER", "THE", "REF", *_MONTHS}
_NO_INITIALS = {"AM", "PM", "KM", "KG", "COVID", *_DOUBTFUL}
# These are somebody's initials too, where they stand in capitals after no number: “AM/1”.
_UNITS = {"AM", "PM", "KM", "KG"}
_AFTER_NUMBER = re.compile(r"\d ?$")
# "JAN/2026" and "JAN/3/26" are days; so "REF NO/22" is the number of something else.
_OF_A_DAY = re.compile(r"^[A-Za-z]+ ?[/\\] ?(?:(?:19|20)\d\d$|\d{1,2} ?[/\\] ?(?:\d\d|\d{4})$)")
_NO_YEAR = re.compile(r"[A-Za-z][.-]?(?:\d|1\d)[A-Za-z]?$")
_NUMBERS = {"NO", "REF"}
_NUMBERED_THING = re.compile(
    r"\b(?:ref(?:erence)?|crime|incident|case|urn|log|custody|page|item|form|serial|phone|tel|collar"
    r"|our|your|police|room|flat|unit)\.? ?$",
    re.IGNORECASE,
)
_RANKS = {"PC", "DC", "DS", "DI", "PS", "PCSO"}
_COLLAR = 100
_SAYS_SO = re.compile(r"\b(?:exhibit(?:s|ed)?|exh\.?)(?: as| no\.?| number)?:? \(?$", re.IGNORECASE)
_RANGE = r"(?:[-–](?P<short>\d{1,3})|(?: ?[-–] ?| to )(?P=initials) ?[/\\] ?(?P<long>\d{1,5}))?"
REFERENCE = re.compile(
    rf"{_STROKE}{_RANGE}(?![\w/]| ?[/\\] ?\d)|{_PARTS}|{_DASHED}|{_NO_STROKE}|{_AFTER_REF}"
    rf"|{_NUMBERED}|{_FIRST}"
)
# What may be a reference and is not read as one; "uk/12" is the end of an address.
_LIKE_ONE = re.compile(
    r"(?<![\w/])(?<![a-z]\.)[A-Za-z]{1,5} ?[/\\] ?\d{1,8}[A-Za-z]?(?:[-–]\d{1,3})?(?![\w/])"
    r"|(?<![\w/.:])(?=[\w/\\]*\d)(?!T\d{4})[A-Za-z][A-Za-z0-9]{0,8}(?:[/\\][A-Za-z0-9]{1,9}){1,5}"
    r"(?![\w/])"
    r"|(?<![\w/.])\d{2,6}[/\\][A-Z]{2,8}[/\\]\d{1,5}(?![\w/])"
    rf"|(?<![\w/.])[A-Z]{{2,4}}\d{{1,4}}[A-Za-z]?\b(?!/){_POSTCODE_ENDS}"
    r"|(?<![\w/.-])[A-Z]{2,5}[.-](?:[A-Z]{1,8}-)?\d{1,4}[A-Za-z]?\b(?![/.-]?\d)"
    rf"|\b(?i:exhibits?|exh\.?)(?i: nos?\.?| numbers?)? ?\d{{1,4}}(?:{_LISTED}{{1,4}})*\b"
)
_LETTERS = re.compile(r"[A-Za-z]+")
# A line that has no more than these beside a reference has nothing that says what it is.
_BARE_LINE = re.compile(
    r"(?:\b(?:exhibits?|exhibited|as|no|number|ref|reference|item)\b|[\W\d_])*", re.IGNORECASE
)

# "the footage shows": whatever it is was named before.
_SAID_BEFORE = re.compile(r"\b(?:the|this|that|these|those|it|said) (?:\w+ )?$", re.IGNORECASE)


def exhibits_in(text: str, known: Iterable[NamedExhibit] = ()) -> tuple[NamedExhibit, ...]:
    """Return what a form names, each once, in the order in which it is named.

    What looks like a recording stands for what was named before in other words.

    :param known: what a register has; of what it calls so, another is told apart as one more
    """
    return _read(_lines_of(text), known)[0]


def _read(
    lines: list[str], known: Iterable[NamedExhibit] = ()
) -> tuple[tuple[NamedExhibit, ...], tuple[str, ...]]:
    """Return what some lines name, and those that may name another which is not told apart."""
    alike = Alike(known)
    for named in _each_in(lines):
        alike.add(named)
    return alike.found(), tuple(alike.passed_over)


@dataclass(frozen=True, slots=True)
class NotRead:
    """What a form may name and was not read of it, each once.

    `references` look like such and are not read as one, as they are written. A range too long to be
    meant is among them: only its first exhibit is read.

    `lines` mention a recording that was not read of them. So no "footage from the shop" is passed
    over in silence, nor a row "BWV Y/N" in which nobody said which, nor what reads as the form's
    own beside what was read, nor what stands beside the recording that a reference has. "The
    footage" of a form that names a recording says more of it. Nor is a line passed over that names
    what was named before, but tells of somebody or somewhere else.
    """

    references: tuple[str, ...]
    lines: tuple[str, ...]


def not_read_in(text: str) -> NotRead:
    """Return what a form may name and was not read of it."""
    lines = _lines_of(text)
    named, passed_over = _read(lines)
    return NotRead(_references_unread(lines, named), _lines_unread(lines, named, passed_over))


def _references_unread(lines: list[str], named: tuple[NamedExhibit, ...]) -> tuple[str, ...]:
    unread: dict[str, str] = {}
    for line in lines:
        read = list(_references(line))
        for match in read:
            if _length_of_range(match) > LONGEST_RANGE:
                unread.setdefault(exhibit_key(match.group()), match.group())
        for match in _LIKE_ONE.finditer(line):
            is_read = any(
                match.start() < each.end() and each.start() < match.end() for each in read
            )
            if not is_read and not _is_no_reference(match):
                unread.setdefault(exhibit_key(match.group()), match.group())
    known = {each.key for each in named}
    return tuple(words for key, words in unread.items() if key not in known)


def _lines_unread(
    lines: list[str], named: tuple[NamedExhibit, ...], passed_over: tuple[str, ...]
) -> tuple[str, ...]:
    is_named = any(each.looks_recorded for each in named)
    found = {each.lower(): each for each in passed_over}
    for line in lines:
        if _is_unread(line, is_named=is_named):
            found.setdefault(line.lower(), clipped(line))
    return tuple(found.values())


def _is_unread(line: str, *, is_named: bool) -> bool:
    if _has_reference(line):
        return _is_left_unread(line, is_named=is_named)
    read = {each.start for each in _mentions(line) if each.kind != OTHER}
    if not read:
        return _may_be_recorded(line, is_named=is_named)
    # "Video" or "footage" beside a kind says more of it.
    return any(
        each.start not in read and each.kind != OTHER
        and answer_after(line[each.end :]) is not Answer.NO
        for each in mentions_in(line)
    )  # fmt: skip


def _is_left_unread(line: str, *, is_named: bool) -> bool:
    """Say whether a line with a reference mentions a recording besides that was not read of it."""
    if not any(each.looks_recorded for each in _each_in([line])):
        return _may_be_recorded(line, is_named=is_named)
    mentions = _mentions(line)
    left = shared_out(line, groups_of(line, list(_references(line))), mentions).unread
    # "The footage" says more of what was named; "the 999 call" is what it is.
    return any(each.kind != OTHER or not _SAID_BEFORE.search(line[: each.start]) for each in left)


def _may_be_recorded(line: str, *, is_named: bool) -> bool:
    mentions = mentions_in(line)
    answers = [answer_after(line[each.end :]) for each in mentions]
    if Answer.OPEN in answers:
        return True
    # What reads as the form's own may be a lawyer's order to the police.
    if any(each.words.lower() not in own_words_of(line) for each in mentions):
        return True
    said = [each for each in loosely_in(line) if answer_after(line[each.end :]) is not Answer.NO]
    return any(not (is_named and _SAID_BEFORE.search(line[: each.start])) for each in said)


def _is_no_reference(match: re.Match[str]) -> bool:
    initials = _letters_of(match.group())
    if match.group()[0].isdigit():
        return initials in _MONTHS
    is_rank = initials in _RANKS and len(_LETTERS.findall(match.group())) == 1
    if initials in _DOUBTFUL:
        return not _may_be_initials(match, initials)
    return is_rank or initials in {*_FORMS, *_NO_INITIALS}


def _may_be_initials(match: re.Match[str], initials: str) -> bool:
    """Say whether a word or a month before a number may be somebody's initials: "NO/1", "JAN/3".

    Without a stroke only a month with a number that is no year now, as "JAN-3"; nothing that reads
    as a day, and no number of what is called so: "REF NO/22".
    """
    before = match.string[: match.start()]
    if _AFTER_NUMBER.search(before) or (initials in _NUMBERS and _NUMBERED_THING.search(before)):
        return False
    written = match.group()
    if re.search(r"[/\\]", written):
        return not _OF_A_DAY.search(written)
    return initials in _MONTHS and bool(_NO_YEAR.search(written))


def _letters_of(reference: str) -> str:
    """Return the letters with which a reference begins."""
    found = _LETTERS.search(reference)
    return found.group().upper() if found else ""


def kinds_with_reference(found: tuple[NamedExhibit, ...]) -> set[str]:
    """Return the kinds of recording that a form names by a reference."""
    return {each.kind for each in found if each.has_reference and each.looks_recorded}


def _lines_of(text: str) -> list[str]:
    """Return the lines of a text; a reference that stands alone takes the lines below it.

    So the cells of a table read as one line, when a file gives each its own.
    """
    lines = plain_lines(text)
    joined: list[str] = []
    is_open = False
    for line in lines:
        if is_open and line and not _has_reference(line):
            joined[-1] = f"{joined[-1]} {line}"
            is_open = len(joined[-1]) < LONGEST_WORDS and not _mentions(joined[-1])
            continue
        joined += sentences_of(line)
        is_open = _is_reference_alone(line) or (is_open and not line)
    return joined


def _has_reference(line: str) -> bool:
    return next(_references(line), None) is not None


def _is_reference_alone(line: str) -> bool:
    if len(line) > LONGEST_LINE:
        return False
    found = list(_references(line))
    if len(found) != 1:
        return False
    beside = f"{line[: found[0].start()]} {line[found[0].end() :]}"
    return bool(_BARE_LINE.fullmatch(beside))


def _references(line: str) -> Iterator[re.Match[str]]:
    for match in REFERENCE.finditer(line):
        if match["bare"] or match["dashed"] or not _is_of_something_else(match):
            yield match


def _is_of_something_else(match: re.Match[str]) -> bool:
    if match["nth"]:
        return False
    if beside := match["parts"] or match["after_ref"]:
        return _is_no_such(match, beside)
    if match["first"]:
        return match["first"].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789") in {
            *_FORMS, *_RANKS,
        }  # fmt: skip
    initials = match["initials"].upper()
    is_collar = initials in _RANKS and int(match["number"]) >= _COLLAR
    is_unit = initials in _UNITS and (
        not match["initials"].isupper() or _AFTER_NUMBER.search(match.string[: match.start()])
    )
    is_word = is_unit or initials in _NO_INITIALS - _UNITS
    is_one = is_collar or initials in _FORMS or is_word
    return is_one and not _SAYS_SO.search(match.string[: match.start()])


def _is_no_such(match: re.Match[str], reference: str) -> bool:
    """Say whether what has several parts, or stands after "ref", is a form, or two references."""
    letters = _LETTERS.findall(reference)
    is_two = len(letters) > 1 and len(set(letters)) < len(letters)
    is_one = letters[0] in _FORMS or letters[0] in _NO_INITIALS
    return is_two or (is_one and not _SAYS_SO.search(match.string[: match.start()]))


def _mentions(line: str) -> list[Mention]:
    """Return what is recorded, by the kinds of the register: a bell's camera is a camera.

    What a form answers with "no", or not at all, is none: "ABE: N", "BWV Y/N". Nor is what it
    prints whether there is any or not, where no reference stands beside it.
    """
    references = [each.start() for each in _references(line)]
    own = line.lower() if references else own_words_of(line)
    return [
        _up_to_reference(line, each, references)
        for each in mentions_in(line)
        if (answer := answer_after(line[each.end :])) not in (Answer.NO, Answer.OPEN)
        and (answer is Answer.YES or each.words.lower() in own)
    ]


def _up_to_reference(line: str, mention: Mention, references: list[int]) -> Mention:
    """Return what is mentioned by its kind of the register, less the initials of a reference."""
    kind = "CCTV" if mention.kind == DOORBELL else mention.kind
    ends = next((each for each in references if mention.start < each < mention.end), None)
    if ends is None:
        return replace(mention, kind=kind)
    words = line[mention.start : ends].rstrip()
    return Mention(kind, mention.start, mention.start + len(words), words)


def _each_in(lines: list[str]) -> Iterator[NamedExhibit]:
    for line in lines:
        references, mentions = list(_references(line)), _mentions(line)
        groups = groups_of(line, references)
        shared = shared_out(line, groups, mentions)
        for place, group in enumerate(groups):
            beside = mention_beside(line, group[0].start(), group[-1].end())
            mention = shared.given.get(place) or beside
            for reference in (each for match in group for each in _written(match)):
                yield NamedExhibit(
                    reference=reference, kind=mention.kind if mention else OTHER,
                    words=clipped(line), looks_recorded=mention is not None,
                    doubted=place in shared.doubted,
                )  # fmt: skip
        for mention in shared.alone:
            if mention.kind != OTHER:
                yield NamedExhibit(
                    reference=mention.words[:LONGEST_REFERENCE].strip(), kind=mention.kind,
                    words=clipped(line), has_reference=False,
                    told_of=told_of(line, mention, mentions),
                    camera=camera_of(line, mention, mentions),
                )  # fmt: skip


def _written(match: re.Match[str]) -> Iterator[str]:
    """Yield each reference of a match, a range one by one."""
    if match["parts"]:
        yield "/".join(re.split(r" ?[/\\] ?", match["parts"])).upper()
        return
    plain = ("bare", "dashed", "first", "after_ref", "nth")
    if written := next((match[each] for each in plain if match[each]), None):
        yield written
        return
    initials, first = match["initials"].upper(), int(match["number"])
    yield f"{initials}/{match['number']}{match['letter'].upper()}"
    if not match["letter"] and 0 < _length_of_range(match) <= LONGEST_RANGE:
        last = first + _length_of_range(match)
        yield from (f"{initials}/{number}" for number in range(first + 1, last + 1))


def _length_of_range(match: re.Match[str]) -> int:
    """Return how many exhibits a match means beside its first; less than 1 where it is no range."""
    last = match["short"] or match["long"]
    return int(last) - int(match["number"]) if last else 0
