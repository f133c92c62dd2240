"""Ordinary words of a heading or of a line in capitals, which are no part of the name beside them.

In “MARSDEN WILL NOT face trial” every word may be a name. Hidden with it, “WILL NOT” would turn the
meaning of the sentence round. Where the record names nobody in such a sentence, nothing is opened
unless all of it is plain; and a word that may be a surname (“HEARD”, “CALL”) stays only where the
word before it leaves no doubt: “TO CALL”. Which word may stand where, loud_grammar tells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from forthright.anonymiser.capital_runs import JOIN
from forthright.anonymiser.capital_words import as_small, listed
from forthright.anonymiser.loud_grammar import IN_THE_RECORD, STRANGE, is_said, plain_at
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.anonymiser.titles import RANK, TITLE

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
A_TITLE = re.compile(rf"(?:{TITLE}|{RANK})\.?", re.IGNORECASE)
BEFORE = re.compile(r"(?P<word>[^\W\d_]+)[ \u00a0]+$")
AFTER = re.compile(r"[ \u00a0]+(?P<word>[^\W\d_]+)")
ENDS = re.compile(r"[.!?](?=\s|[\"”’*_)]|$)")
# What between two words does not keep the second from going on with the first.
GOES_ON = re.compile(r"[\s\u00a0:*_–—-]+")
BEFORE_FITS = 30
FIRMS = {Kind.ORGANISATION, Kind.PLACE, Kind.ADDRESS}
SURER = {Layer.RECORD, Layer.PATTERN, Layer.MODEL}


@dataclass(frozen=True, slots=True)
class Run:
    """Loud words beside each other in one sentence, and the words around them."""

    words: tuple[re.Match[str], ...]
    before: str
    after: str
    is_whole: bool


def without_plain_words(
    text: str, found: Sequence[Found], others: Sequence[Found] = ()
) -> list[Found]:
    """Return places without the ordinary words of a loud line that they took in.

    What the record or a shape saw, and of `others` what the record asks about, stays as it is.
    """
    if not any(each.layer in {Layer.TITLE, Layer.SAME} for each in found):
        return list(found)
    held, known = bytearray(len(text)), bytearray(len(text))
    for each in (*found, *others):
        if each.layer in SURER:
            held[each.start : each.end] = b"\1" * (each.end - each.start)
    for each in found:
        if each.layer is Layer.RECORD and each.kind is Kind.PERSON:
            known[each.start : each.end] = b"\1" * (each.end - each.start)
    plain = {at for run in _runs(text) for at in _plain_of(text, run, held, known)}
    opened: list[Found] = []
    for each in found:
        if each.layer in {Layer.TITLE, Layer.SAME} and each.start < each.end:
            opened += _opened(text, each, plain)
        else:
            opened.append(each)
    return opened


def _opened(text: str, found: Found, plain: set[int]) -> Iterator[Found]:
    """Yield the parts of a place that are left once its plain words are taken out."""
    words = list(WORD.finditer(text, found.start, found.end))
    gone = [each.start() in plain for each in words]
    if not any(gone):
        yield found
        return
    if found.kind in FIRMS:
        is_house = as_small(words[-1][0]) in listed("establishments") | listed("streets")
        gone = [False] * len(words) if is_house else _at_ends(gone)
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


def _at_ends(gone: Sequence[bool]) -> list[bool]:
    """Return which words go from the ends of what may be a firm or a place, and none within."""
    left = next((n for n, each in enumerate(gone) if not each), len(gone))
    right = next((n for n, each in enumerate(reversed(gone)) if not each), len(gone))
    return [n < left or n >= len(gone) - right for n in range(len(gone))]


def _plain_of(text: str, run: Run, held: bytearray, known: bytearray) -> Iterator[int]:
    """Yield where in a run its plain words begin.

    Only in a run in which the record names somebody, or which is a sentence of plain words alone.
    """
    said = _as_said(run, held, known)
    breaks = {
        number
        for number, (first, second) in enumerate(zip(run.words, run.words[1:], strict=False), 1)
        if not GOES_ON.fullmatch(text, first.end(), second.start())
    }
    plain = plain_at(said, before=run.before, after=run.after, breaks=breaks)
    is_all = run.is_whole and len(plain) == len(said) and is_said(said)
    if IN_THE_RECORD in said or is_all:
        yield from (run.words[number].start() for number in plain)


def _as_said(run: Run, held: bytearray, known: bytearray) -> list[str]:
    """Return the words of a run in small letters, and instead of a name which kind it is."""
    said: list[str] = []
    for word in reversed(run.words):
        is_title = A_TITLE.fullmatch(word[0]) is not None
        if any(known[word.start() : word.end()]) or (is_title and said[-1:] == [IN_THE_RECORD]):
            said.append(IN_THE_RECORD)
        elif is_title or any(held[word.start() : word.end()]):
            said.append(STRANGE)
        else:
            said.append(as_small(word[0]))
    return said[::-1]


@lru_cache(maxsize=4)
def _runs(text: str) -> tuple[Run, ...]:
    """Return the loud runs of a text: of headings, of lines in capitals and within sentences."""
    runs: list[Run] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if any(each.isupper() for each in line):
            for words in _loud(text, at, at + len(line)):
                runs += _by_sentence(text, at, at + len(line), words)
        at += len(line)
    return tuple(runs)


def _loud(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
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
        if is_loud or is_between:
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _by_sentence(
    text: str, start: int, end: int, words: Sequence[re.Match[str]]
) -> Iterator[Run]:  # fmt: skip
    """Yield the part of a run that each sentence has."""
    part: list[re.Match[str]] = []
    for number, word in enumerate(words):
        part.append(word)
        ahead = words[number + 1].start() if number + 1 < len(words) else end
        is_title = A_TITLE.fullmatch(word[0]) is not None or len(word[0]) == 1
        if number + 1 == len(words) or (
            not is_title and ENDS.search(text[word.end() : ahead])
        ):  # fmt: skip
            yield _run(text, start, end, part)
            part = []


def _run(text: str, start: int, end: int, words: Sequence[re.Match[str]]) -> Run:
    lead, rest = text[start : words[0].start()], text[words[-1].end() : end]
    before = BEFORE.search(lead[-BEFORE_FITS:])
    after = AFTER.match(rest)
    is_first = not WORD.search(lead) or ENDS.search(lead.rstrip(' \u00a0*_"“”')[-1:]) is not None
    is_last = not WORD.search(rest) or ENDS.match(rest) is not None
    said = ""
    if not is_first:
        said = before["word"] if before and before["word"].islower() else STRANGE
    goes_on = after["word"] if after and after["word"].islower() else STRANGE
    return Run(tuple(words), said, goes_on if after else "", is_first and is_last)


def _is_title_case(line: str, words: Sequence[re.Match[str]]) -> bool:
    is_open = line.rstrip()[-1:] not in {".", ",", ";"} and len(words) > 2
    return is_open and all(
        each[0][0].isupper() or each[0].isdigit() or each[0] in {"a", "an", "v"}
        or re.fullmatch(JOIN, each[0]) for each in words
    )  # fmt: skip
