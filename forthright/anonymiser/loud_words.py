"""Ordinary words of a heading or of a line in capitals, which are no part of the name beside them.

In “THE CASE AGAINST DEAN MARSDEN HAS ENDED” every word has the capital of a name. Hidden with the
name, “WILL NOT” would turn the meaning of a sentence round. What stays is on two closed lists, and
only where the words around it speak of a case; whatever the record, a shape or the model sees as a
name by itself is hidden as before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from forthright.anonymiser.capital_runs import JOIN
from forthright.anonymiser.capital_words import as_small, listed
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.anonymiser.titles import RANK, TITLE

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
A_TITLE = re.compile(rf"(?:{TITLE}|{RANK})\.?", re.IGNORECASE)
# What may be heard in a line of which one word alone says little: “HAS BEEN”, “Why We”.
FINITE = frozenset(
    ["appeared", "asked", "came", "can", "could", "denied", "did", "does", "had", "has", "is",
     "must", "pleaded", "said", "should", "told", "was", "went", "were", "will", "would"]
)  # fmt: skip
# Names too, and so none of somebody who does something next: “MAY NOT CONTACT”, not “MAY HAS”.
NAMES_TOO = frozenset(["an", "be", "do", "in", "may", "my", "no", "on", "our", "so", "to", "will"])
# Of these, what names of several origins begin with: “DO THI MAI”.
BEGIN_NAMES = frozenset(["an", "be", "do", "my", "so"])
# What is said in a line that names nobody by it alone.
SPEAKS = (FINITE - NAMES_TOO) | {"been", "cannot", "never", "not"}
NEXT = re.compile(r"[ \u00a0]+(?P<word>[^\W\d_]+)")
# What a place is called with, too: “TEES AND WEAR VALLEY”, “OAKENSHAW ON TEES”, “OVER HADDON”.
JOINS = frozenset(["a", "about", "after", "and", "at", "before", "between", "by", "for", "from",
                   "in", "into", "of", "off", "on", "or", "out", "over", "since", "through", "to",
                   "together", "under", "until", "up", "with", "within", "without"])  # fmt: skip
# What stands between a name and a verb and is no part of the name: “DEAN MARSDEN WHO WAS”.
GOES_ON = frozenset(["also", "and", "at", "but", "he", "in", "never", "not", "or", "since", "still",
                     "that", "they", "this", "what", "which", "who", "you"])  # fmt: skip
# Where “case” is no family name: “THE CASE AGAINST”.
BEFORE_CASE = frozenset(["a", "criminal", "her", "his", "of", "our", "that", "the", "their", "this",
                         "your"])  # fmt: skip
FIRMS = {Kind.ORGANISATION, Kind.PLACE, Kind.ADDRESS}


def without_plain_words(
    text: str, found: Sequence[Found], others: Sequence[Found] = ()
) -> list[Found]:
    """Return places without the ordinary words of a loud line that they took in.

    What the record or a shape saw, and of `others` what the record asks about, stays as it is.
    """
    held = bytearray(len(text))
    for each in (*found, *others):
        if each.layer in {Layer.RECORD, Layer.PATTERN, Layer.MODEL}:
            held[each.start : each.end] = b"\1" * (each.end - each.start)
    plain = _plain_words(text)
    opened: list[Found] = []
    for each in found:
        if each.layer in {Layer.TITLE, Layer.SAME} and each.start < each.end:
            opened += _opened(text, each, plain, held)
        else:
            opened.append(each)
    return opened


def _opened(text: str, found: Found, plain: dict[int, bool], held: bytearray) -> Iterator[Found]:
    """Yield the parts of a place that are left once its plain words are taken out."""
    words = list(WORD.finditer(text, found.start, found.end))
    gone = [each.start() in plain and not held[each.start()] for each in words]
    if not any(gone):
        yield found
        return
    if found.kind in FIRMS:
        is_house = as_small(words[-1][0]) in listed("establishments") | listed("streets")
        gone = [False] * len(words) if is_house else _at_ends(words, gone, plain)
    told: list[tuple[int, int]] = []
    goes_on = False
    for word, is_gone in zip(words, gone, strict=True):
        if not is_gone:
            start = told.pop()[0] if goes_on else word.start()
            told.append((start, word.end()))
        goes_on = not is_gone
    if told and not gone[-1]:
        told[-1] = (told[-1][0], found.end)
    if told and not gone[0]:
        told[0] = (found.start, told[0][1])
    for start, end in told:
        yield replace(found, start=start, end=end)


def _at_ends(
    words: Sequence[re.Match[str]], gone: Sequence[bool], plain: dict[int, bool]
) -> list[bool]:
    """Return which words go from the ends of what may be a firm or a place.

    They go only where one of them speaks of a case: “The Moon under Water” begins with “The”.
    """
    left = next((n for n, each in enumerate(gone) if not each), len(gone))
    right = next((n for n, each in enumerate(reversed(gone)) if not each), len(gone))
    starts, ends = words[:left], words[len(words) - right :]
    goes_left = any(plain[each.start()] for each in starts)
    goes_right = any(plain[each.start()] for each in ends)
    return [
        (n < left and goes_left) or (n >= len(words) - right and goes_right)
        for n in range(len(words))
    ]


@lru_cache(maxsize=4)
def _plain_words(text: str) -> dict[int, bool]:
    """Return where the ordinary words of loud lines begin, and whether each speaks of a case."""
    plain: dict[int, bool] = {}
    at = 0
    for line in text.splitlines(keepends=True):
        if any(each.isupper() for each in line):
            for run in _loud_runs(text, at, at + len(line)):
                plain |= _plain_of(text, run)
        at += len(line)
    return plain


def _loud_runs(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    """Yield the words of a heading, or those beside each other that are written in capitals."""
    words = list(WORD.finditer(text, start, end))
    if _is_title_case(text[start:end], words):
        yield words
        return
    run: list[re.Match[str]] = []
    for word in words:
        is_loud = word[0].isupper() and len(word[0]) > 1
        # “Mr MARSDEN”, “R v DEAN MARSDEN”.
        is_between = len(word[0]) == 1 or A_TITLE.fullmatch(word[0]) is not None
        if not (is_loud or is_between):
            yield run
            run = []
        else:
            run.append(word)
    yield run


def _is_title_case(line: str, words: Sequence[re.Match[str]]) -> bool:
    is_open = line.rstrip()[-1:] not in {".", ",", ";"} and len(words) > 2
    return is_open and all(
        each[0][0].isupper() or each[0].isdigit() or each[0] in {"a", "an", "v"}
        or re.fullmatch(JOIN, each[0]) for each in words
    )  # fmt: skip


def _plain_of(text: str, run: Sequence[re.Match[str]]) -> dict[int, bool]:
    """Return the plain words of a loud run; none where nothing in it speaks of a case."""
    small = [as_small(each[0]) for each in run]
    if run and (follows := NEXT.match(text, run[-1].end())):
        small.append(as_small(follows["word"]))
    speaks = any(
        each in listed("of a case") or each in SPEAKS or _is_modal(small, number)
        for number, each in enumerate(small[: len(run)])
    )
    if not speaks:
        return {}
    return {
        word.start(): small[number] in listed("of a case") or small[number] == "case"
        for number, word in enumerate(run)
        if _is_plain(small, number)
    }


def _is_modal(small: Sequence[str], number: int) -> bool:
    """Say whether “will” or “may” goes on to what somebody is to do: “MARSDEN WILL face trial”."""
    after = small[number + 1] if number + 1 < len(small) else ""
    return small[number] in {"will", "may"} and after in _known_words() - FINITE


def _is_plain(small: Sequence[str], number: int) -> bool:
    said = small[number]
    before = small[number - 1] if number else ""
    after = small[number + 1] if number + 1 < len(small) else ""
    if said == "case":
        is_plain = before in BEFORE_CASE or after in {"against", "has", "is", "was", "will"}
    elif said in {"will", "may"}:
        is_plain = _is_modal(small, number)
    else:
        begins_name = said in BEGIN_NAMES and after not in {"", *_known_words()}
        does = after in FINITE and (said in NAMES_TOO or _is_last_name(said, before))
        is_plain = said in _known_words() and not (begins_name or does)
        is_plain = is_plain and _has_beside(said, before, after)
    return is_plain and not A_TITLE.fullmatch(before)


def _has_beside(said: str, before: str, after: str) -> bool:
    """Say whether an ordinary word goes on with another, and does not stand within a name."""
    if said in listed("of a case") | SPEAKS:
        return True
    others = _known_words() | {"case"}
    if said == "the":
        return after in others - JOINS
    others -= JOINS | {"the"} if said in JOINS else frozenset()
    return before in others or after in others


def _is_last_name(said: str, before: str) -> bool:
    """Say whether a word after a strange one and before what somebody does ends a name."""
    return bool(before) and before not in _known_words() | {"case"} and said not in GOES_ON


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    return listed("of a case") | listed("of a sentence")
