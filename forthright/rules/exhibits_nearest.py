"""Which words that a recording was made belong to which references of a line: the nearest.

Only words of the clause in which a reference stands: "a knife, exhibit SH/1, and his body-worn
video captured this" names two exhibits, and the recording is not the one with the reference.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from forthright.rules.nouns_beside import (
    Noun,
    is_thing_in,
    noun_before,
    stands_for_another,
    without_tail,
)
from forthright.rules.recordings_named import OTHER, Mention

# "a still as AJT/2": the reference is the paper's, whatever recording stands near it.
_PAPER_AS = re.compile(
    r"\b(?:stills?|images?|photo(?:graph)?s?|transcripts?|screen ?shots?)(?: (?:is|are|was|were))?"
    r",?(?: (?:as|exhibit(?:s|ed)?|ref(?:erence)?\.?|produced|marked))* ?\(?$",
    re.IGNORECASE,
)
# "CCTV (exhibit AB/1), BWV": however long the words between, the reference is of what is before.
_BINDS = re.compile(
    r"\s*[([:–-]?\s*(?:(?:exh?s?|exhibit(?:s|ed)?|ref(?:erence)?|as|nos?|number)\b\.?:?\s*){0,3}",
    re.IGNORECASE,
)
# Only what joins references of one list may stand between two that share their words.
_JOINS = re.compile(r"[\s,;&()]*(?:and|&|or|to)?[\s,;&()]*")
_CODE = re.compile(r"(?<![A-Z])(?:BW[VCF]|CCTV|ABE|VRI|DASH|DVD)(?![A-Z])")
# "DM/3 – CCTV", "DM/1 is a disc of the CCTV": what is behind says what it is.
_LEAD = (
    r"(?:is|are|was|being|which|this|that|a|an|the|my|his|her|their|one|\d+x?|x|cop(?:y|ies)|black"
    r"|sealed|dis[ck]s?|dvds?|cds?|usb|sticks?|memory|drives?|full|edited|master|working|containing"
    r"|contains|with|of|from|for|footage|recordings?|audio)"
)
_LEADS = re.compile(rf"[\s,:;()\[\]|/–-]*(?:{_LEAD}[\s,:()–-]+)*(?:{_LEAD})?", re.IGNORECASE)
# "Exhibits: DM/1 – CCTV, JK/1 – receipt": each reference stands before what it is of.
_BEGINS = re.compile(
    r"(?:^|[:.])\W*(?:(?:exhibits?|exh|nos?|number|ref|reference|items?|\d+)\b\W*)*$", re.IGNORECASE
)
# "BWV of PC Hall (SH/1) and PC Tate (RT/1)": another of the same, told by who or where.
_WHICH = (
    r"(?:(?:PC|PS|DC|DS|DI|PCSO|Sgt|Insp)\.?(?: \d{1,5})?(?: [A-Z][\w'’-]+){0,2}"
    r"|(?:from|of|at|outside|inside) (?:(?:the|a|an|his|her|their) )?[\w'’-]+(?: [\w'’-]+){0,3}?)"
)
_AND_OF = re.compile(
    rf"[\s)]*(?:\(?{_WHICH}\)?)?(?:\s*[,;&+]\s*(?:and )?|\s+(?:and|plus) )(?P<which>{_WHICH})?"
    r"[\s,(:–-]*(?:(?:is|as|exh?|exhibit(?:ed)?|ref(?:erence)?)\b\.?[\s:]*){0,3}"
)
_OF_WHICH = re.compile(rf"[\s,:–-]*\(?{_WHICH}")
_BREAKS = re.compile(r"[;,&+]|\b(?:and|but|while|whilst|plus)\b| [–-] ", re.IGNORECASE)
_JOINED_ON = re.compile(r"[;&+]|\b(?:and|but|while|whilst|plus)\b", re.IGNORECASE)


class _Link(IntEnum):
    """How sure it is that words say what a reference is."""

    SURE = 0
    DOUBTED = 1


class _Near(NamedTuple):
    """Words that may be of the references at a place, in the order in which they are given."""

    link: _Link
    is_other: bool
    apart: int
    place: int
    number: int


@dataclass(frozen=True, slots=True)
class Shared:
    """What a line mentions, by whose it is.

    `given` is the mention of each group of references, by its place; of those in `doubted` only a
    person can tell. `alone` are those that stand for themselves, and `unread` those that may.
    """

    given: dict[int, Mention]
    doubted: frozenset[int]
    alone: list[Mention]
    unread: list[Mention]


def groups_of(line: str, references: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Return the references of a line, those of one list together."""
    groups: list[list[re.Match[str]]] = []
    for match in references:
        between = line[groups[-1][-1].end() : match.start()] if groups else ""
        is_alike = groups and _code_of(groups[-1][-1]) == _code_of(match)
        if is_alike and _JOINS.fullmatch(between):
            groups[-1].append(match)
        else:
            groups.append([match])
    return groups


def _code_of(match: re.Match[str]) -> str:
    """Return by which kind a reference calls itself: "SH-BWV-01" and "AK-CCTV-2" are no list."""
    code = _CODE.search(match.group())
    return code.group() if code else ""


def shared_out(line: str, groups: list[list[re.Match[str]]], mentions: list[Mention]) -> Shared:
    """Return the words nearest to each group of references, and those that stand for themselves.

    Words of a kind go before "video" or "footage", which may only say more of it. Words are given
    to two only where the second is told to be another of the same: by whose or where it is.
    """
    links = sorted(_links(line, groups, mentions))
    given: dict[int, _Near] = {}
    taken: set[int] = set()
    for each in links:
        if each.place not in given and each.number not in taken:
            given[each.place] = each
            taken.add(each.number)
    doubted = frozenset(place for place, each in given.items() if each.link == _Link.DOUBTED)
    sure = {each.number for each in given.values() if each.link == _Link.SURE}
    # "The 999 call was made, and I produce a recording of it as EO/1" names one.
    more = {
        each.number for each in links
        if each.is_other and each.link == _Link.SURE and each.place in given
    }  # fmt: skip
    alone, unread = _left(line, groups, mentions, sure, more)
    of_group = {place: mentions[each.number] for place, each in given.items()}
    for place in range(1, len(groups)):
        before = of_group.get(place - 1) if place - 1 not in doubted else None
        if before is None or place in of_group:
            continue
        if _is_another_of_it(line, groups[place - 1], groups[place]):
            of_group[place] = before
    return Shared(of_group, doubted, alone, unread)


def _links(line: str, groups: list[list[re.Match[str]]], mentions: list[Mention]) -> list[_Near]:
    """Return which words may be of which references, with how sure that is and how far apart.

    Only those with no other references between, so that a long list takes no time by its square.
    """
    is_list = bool(groups) and bool(_BEGINS.search(line[: groups[0][0].start()]))
    links: list[_Near] = []
    led: set[int] = set()  # words by which the references before them are called
    for place, group in enumerate(groups):
        begins = groups[place - 1][-1].end() if place else 0
        ends = groups[place + 1][0].start() if place + 1 < len(groups) else len(line)
        first, last = group[0].start(), group[-1].end()
        near = [(n, e) for n, e in enumerate(mentions) if begins <= e.start and e.end <= ends]
        before = [(n, each) for n, each in near if each.end <= first]
        own = line[max([begins, *(each.end for _, each in before)]) : first].rpartition(";")[2]
        if place and is_list:
            own = _BREAKS.split(own)[-1]
        if _PAPER_AS.search(own.rstrip()):
            continue
        calls = [
            *_before_it(line, place, first, before),
            *(_Near(_Link.SURE, e.kind == OTHER, 0, place, n) for n, e in near
              if e.start < last and e.end > first),
        ]  # fmt: skip
        is_called = any(each.link == _Link.SURE and each.number not in led for each in calls)
        noun = Noun.NONE if is_called else noun_before(own)
        links += calls
        for number, each in near:
            between = line[last : each.start]
            link = _link_behind(between, noun, is_called=is_called) if each.start >= last else None
            if link is not None:
                links.append(_Near(link, each.kind == OTHER, len(between), place, number))
                if link == _Link.SURE and not is_called and _LEADS.fullmatch(between):
                    led.add(number)
    return links


def _before_it(
    line: str, place: int, first: int, before: list[tuple[int, Mention]]
) -> Iterator[_Near]:
    for number, each in before:
        between = line[each.end : first]
        if (link := _link_before(between)) is not None:
            apart = 0 if _BINDS.fullmatch(between) else len(between)
            yield _Near(link, each.kind == OTHER, apart, place, number)


def _link_before(between: str) -> _Link | None:
    """Say how sure it is that a reference is of a recording before it, if it may be.

    :param between: the words from the recording to the reference
    """
    if _BINDS.fullmatch(between):
        return _Link.SURE
    words = without_tail(between)
    if not words.strip() or stands_for_another(between):
        return _Link.SURE
    *more, clause = _BREAKS.split(words)
    noun = noun_before(clause + between[len(words) :])
    if not more:
        is_of_it = noun < Noun.THING or between.startswith(" of ")
        return _Link.SURE if is_of_it else _Link.DOUBTED
    is_apart = ";" in words
    if noun >= Noun.OTHER or (is_apart and noun):
        return None
    return _Link.DOUBTED if is_apart or noun else _Link.SURE


def _link_behind(between: str, noun: Noun, *, is_called: bool) -> _Link | None:
    """Say how sure it is that a reference is of a recording behind it, if it may be.

    :param noun: what the words before the reference call it
    :param is_called: whether these say that it is a recording
    """
    leads = bool(_LEADS.fullmatch(between))
    is_broken = bool(_BREAKS.search(between))
    if is_thing_in(between) or (is_called and is_broken):
        return None
    if noun:
        # "In her statement DM/1 CCTV is exhibited"
        may_be = leads and (noun < Noun.THING or not between.strip())
        return _Link.DOUBTED if may_be else None
    if leads:
        return _Link.SURE
    if ";" in between:
        return None
    return _Link.DOUBTED if _JOINED_ON.search(between) else _Link.SURE


def _is_another_of_it(line: str, one: list[re.Match[str]], other: list[re.Match[str]]) -> bool:
    """Say whether what stands beside a second reference tells only who or where it is of."""
    between, behind = line[one[-1].end() : other[0].start()], line[other[-1].end() :]
    match = _AND_OF.fullmatch(between)
    if match is None or is_thing_in(between) or noun_before(between) > Noun.NAME:
        return False
    return bool(match["which"] or _OF_WHICH.match(behind)) and not _PAPER_AS.search(
        between.rstrip()
    )


def _left(
    line: str,
    groups: list[list[re.Match[str]]],
    mentions: list[Mention],
    sure: set[int],
    more: set[int],
) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions that stand for themselves, and those of which nobody can tell it.

    What is of the same kind as one that has a reference says more of that; of another kind, it is
    another recording, and where nothing parts the two only a person can tell.
    """
    if not groups:
        return mentions, []
    alone: list[Mention] = []
    unread: list[Mention] = []
    has = [mentions[number] for number in sure]
    kinds = [*has, *(each for each in mentions if each.kind != OTHER)]
    for number, each in enumerate(mentions):
        is_of_one = any(g[0].start() < each.end and each.start < g[-1].end() for g in groups)
        if number in sure or number in more or is_of_one:
            continue
        alike = [other for other in has if other.kind == each.kind]
        if each.kind == OTHER:
            is_more = bool(alike) or any(not _parts(line, each, other) for other in kinds)
            unread += [] if is_more else [each]
        elif alike:
            unread += [each] if all(_says_otherwise(each, other) for other in alike) else []
        elif all(_parts(line, each, other) for other in has):
            alone.append(each)
        elif all(_between(line, each, other).strip() for other in has):
            unread.append(each)
    return alone, unread


def _between(line: str, one: Mention, other: Mention) -> str:
    return line[min(one.end, other.end) : max(one.start, other.start)]


def _parts(line: str, one: Mention, other: Mention) -> bool:
    """Say whether what stands between two begins something else."""
    return bool(_BREAKS.search(_between(line, one, other)))


def _says_otherwise(one: Mention, other: Mention) -> bool:
    """Say whether each says whose or which it is, and they differ: "CCTV from Asda"."""
    return one.words.count(" ") > 1 and other.words.count(" ") > 1 and one.words != other.words
