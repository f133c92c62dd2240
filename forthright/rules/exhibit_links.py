"""How sure it is that words of a line say what a reference in it is, and how near they stand.

A line gives each reference what stands before it, "CCTV (DM/1), BWV (SH/1)", or what stands behind
it, "DM/1 - CCTV, JK/1 - knife"; and words that lead from one reference are no other's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from forthright.rules.nouns_beside import (
    Noun,
    holds_recording,
    is_heading,
    is_thing_behind,
    noun_at_head,
    noun_before,
    stands_for_another,
    thing_between,
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
# So it is in "the CCTV, which I produce as DM/3".
_BINDS = re.compile(
    r"(?:,?\s*(?:(?:which|that) )?(?:(?:I|he|she|we) )?(?:now )?"
    r"(?:produced?|produces|exhibit(?:s|ed)?|marked)(?: as)?(?=\s))?"
    r"\s*[([:–-]?\s*(?:(?:exh?s?|exhibit(?:s|ed)?|ref(?:erence)?|as|nos?|number)\b\.?:?\s*){0,3}",
    re.IGNORECASE,
)
# "DM/3 – CCTV", "DM/1 is a disc of the CCTV": what is behind says what it is.
_LEAD = (
    r"(?:is|are|was|being|which|this|that|a|an|the|my|his|her|their|one|\d+x?|x|cop(?:y|ies)|black"
    r"|sealed|dis[ck]s?|dvds?|cds?|usb|sticks?|memory|drives?|full|edited|master|working|containing"
    r"|contains|with|of|from|for|footage|recordings?|audio|description|details)"
)
_LEADS = re.compile(rf"[\s,:;()\[\]|/–-]*(?:{_LEAD}[\s,:()–-]+)*(?:{_LEAD})?", re.IGNORECASE)
# "Exhibits: DM/1 – CCTV, JK/1 – receipt": each reference stands before what it is of.
_BEGINS = re.compile(
    r"(?:^|[:.])\W*(?:(?:exhibits?|exh|nos?|number|ref|reference|items?|\d+)\b\W*)*$", re.IGNORECASE
)
# So they do after "I produce" and "we hold".
_PRODUCES = re.compile(
    r"\b(?:produce[sd]?|exhibits|exhibited|(?:I|we|to) exhibit|holds?|held|have|has|seized|attach)"
    r"(?: as)?(?: exhibits?)?[\s:]*$",
    re.IGNORECASE,
)
BREAKS = re.compile(r"[;,&+]|\b(?:and|but|while|whilst|plus)\b| [–-] ", re.IGNORECASE)
_JOINED_ON = re.compile(r"[;&+]|\b(?:and|but|while|whilst|plus)\b", re.IGNORECASE)
# What a camera shows, or where it is, goes on after "and": "CCTV of the yard and the street".
_SHOWS = re.compile(
    r"\b(?:of|from|at|outside|inside|covering|capturing|showing|shows?|captures?|covers?)\b[^;]*",
    re.IGNORECASE,
)
_IS_DONE_WITH = re.compile(r"\b(?:is|are|was|were|has|have|had|been|viewed|seized|held)\b", re.I)
# "A 999 call and video", "CCTV and a clip": two, of which the second has the reference beside it.
_AND_FILM = re.compile(
    r"(?:\b(?:and|plus)|[,&+])(?: \w+){0,2}? (?P<another>(?:an?|one) )?$", re.IGNORECASE
)
_OF_IT = re.compile(r" (?:of )?(?:it|this|them)\b", re.IGNORECASE)
_IS_FILM = re.compile(r"(?:videos?|footage|film\w*|clips?|dvds?)\b", re.IGNORECASE)


_CALLS = re.compile(r"(?:is|are|was|were|being|which)\b", re.IGNORECASE)
_PARTING = " ,:|–-"
_OTHER_SIDE = 4  # looser than any


class Link(IntEnum):
    """How sure it is that words say what a reference is."""

    SURE = 0
    DOUBTED = 1


class _Side(IntEnum):
    """On which side of each reference a line says what it is, where it does so of all alike."""

    EITHER = 0
    BEFORE = 1
    BEHIND = 2


class Near(NamedTuple):
    """Words that may be of the references at a place, in the order in which they are given."""

    link: Link
    is_other: bool
    loose: int
    is_against: bool  # whether the line gives each reference what stands on its other side
    apart: int
    place: int
    number: int


@dataclass(frozen=True, slots=True)
class _Beside:
    """Where a group of references stands in its line, and what is mentioned on its sides.

    `is_list` says whether the line gives each reference what stands behind it, and `is_thing`
    whether right behind stands that it is something else: "JK/1 - knife".
    """

    line: str
    place: int
    first: int
    last: int
    own: str
    near: list[tuple[int, Mention]]
    is_list: bool
    is_thing: bool
    side: _Side

    @property
    def before(self) -> list[tuple[int, Mention]]:
        return [(n, each) for n, each in self.near if each.end <= self.first]

    @property
    def within(self) -> list[tuple[int, Mention]]:
        return [(n, e) for n, e in self.near if e.start < self.last and e.end > self.first]

    @property
    def behind(self) -> list[tuple[int, Mention]]:
        return [(n, each) for n, each in self.near if each.start >= self.last]

    @property
    def begun(self) -> str:
        """Return the words before it, where the line begins with them."""
        return "" if self.place or self.before else self.own


def links_in(line: str, groups: list[list[re.Match[str]]], mentions: list[Mention]) -> list[Near]:
    """Return which words may be of which references, with how sure that is and how far apart.

    Only those with no other references between, so that a long list takes no time by its square.
    """
    links: list[Near] = []
    led: set[int] = set()  # words by which the references before them are called
    for each in _each_beside(line, groups, mentions):
        calls = [
            *_before_it(each),
            *(Near(Link.SURE, mention.kind == OTHER, 0, False, 0, each.place, number)
              for number, mention in each.within),
        ]  # fmt: skip
        is_called = any(
            call.link == Link.SURE and call.number not in led and call.loose < _OTHER_SIDE
            for call in calls
        )
        links += calls
        for near in _behind_it(each, is_called=is_called):
            links.append(near)
            between = line[each.last : mentions[near.number].start]
            if near.link == Link.SURE and not is_called and _leads(between, is_list=each.is_list):
                led.add(near.number)
    return links


def _each_beside(
    line: str, groups: list[list[re.Match[str]]], mentions: list[Mention]
) -> Iterator[_Beside]:
    is_list = _is_list(line, groups, mentions)
    side = _side_of(line, groups, mentions, is_list=is_list)
    for place, group in enumerate(groups):
        begins = groups[place - 1][-1].end() if place else 0
        ends = groups[place + 1][0].start() if place + 1 < len(groups) else len(line)
        first, last = group[0].start(), group[-1].end()
        near = [
            (n, e) for n, e in enumerate(mentions)
            if begins <= e.start and e.end <= ends and not _is_said_of(line, mentions, n)
        ]  # fmt: skip
        begins = max([begins, *(each.end for _, each in near if each.end <= first)])
        own = line[begins:first].rpartition(";")[2]
        if place and is_list:
            own = _own_in_list(own)
        if is_of_paper(own):
            continue
        next_to = min([ends, *(each.start for _, each in near if each.start >= last)])
        is_thing = is_thing_behind(line[last:next_to], is_list=is_list)
        yield _Beside(line, place, first, last, own, near, is_list, is_thing, side)


def _is_said_of(line: str, mentions: list[Mention], number: int) -> bool:
    """Say whether words belong to the kind right before them: "dashcam footage"."""
    if not number or mentions[number].kind != OTHER:
        return False
    before = mentions[number - 1]
    return before.kind != OTHER and not line[before.end : mentions[number].start].strip()


def _own_in_list(own: str) -> str:
    """Return which words before a reference of a list are its own, and not of the one before."""
    words = own.lstrip(_PARTING)
    if BREAKS.search(words):
        return BREAKS.split(words)[-1]
    if _CALLS.match(words):
        return ""
    is_next = "," in own[: len(own) - len(words)] and not own.rstrip().endswith(("|", ","))
    return words if is_next else ""


def is_of_paper(before: str) -> bool:
    """Say whether words before a reference call it a paper: "a still as"."""
    return bool(_PAPER_AS.search(before.rstrip()))


def _is_list(line: str, groups: list[list[re.Match[str]]], mentions: list[Mention]) -> bool:
    """Say whether a line lists references, each before what it is of."""
    if not groups:
        return False
    first = groups[0][0].start()
    begun = line[:first]
    if mentions and mentions[0].end <= first:
        return is_heading(begun)
    begins = bool(_BEGINS.search(begun)) and noun_before(begun) < Noun.THING
    return begins or is_heading(begun) or bool(_PRODUCES.search(begun))


def _side_of(
    line: str, groups: list[list[re.Match[str]]], mentions: list[Mention], *, is_list: bool
) -> _Side:
    """Return on which side of its references a line says what they are.

    A list that ends with a reference, "DM/1, CCTV SH/1, BWV AK/1", may be no such list.
    """
    if len(groups) <= 1:
        return _Side.EITHER
    last = groups[-1][-1].end()
    ends = next((each.start for each in mentions if each.start >= last), None)
    behind = line[last:ends]
    if is_list:
        leads = ends is not None and _leads(behind, is_list=True)
        is_thing = is_thing_behind(behind, is_list=True)
        return _Side.BEHIND if leads or is_thing else _Side.EITHER
    begins = 0
    for group in groups:
        first = group[0].start()
        is_said = any(begins <= each.start and each.end <= first for each in mentions)
        if not is_said and noun_before(line[begins:first]) < Noun.THING:
            return _Side.EITHER
        begins = group[-1].end()
    return _Side.BEFORE if ends is None else _Side.EITHER


def _leads(between: str, *, is_list: bool) -> bool:
    """Say whether words from a reference to a recording lead to it: "Car park CCTV" of a list."""
    is_whole = not BREAKS.search(between.lstrip(_PARTING)) and "(" not in between
    return bool(_LEADS.fullmatch(between)) or (is_list and is_whole)


def _loose(between: str) -> int:
    """Say how far what stands between parts two: not at all, by a comma, an "and" or more."""
    if ";" in between or "|" in between:
        return 3
    return 2 if _JOINED_ON.search(between) else int("," in between)


def _before_it(beside: _Beside) -> Iterator[Near]:
    for number, each in beside.before:
        between = beside.line[each.end : beside.first]
        binds = bool(_BINDS.fullmatch(between))
        link = _link_before(each, between)
        if link is None or (beside.is_thing and beside.is_list) or _is_before_film(beside, each):
            continue
        if beside.is_thing and not binds:
            link = Link.DOUBTED
        loose, apart = (0, 0) if binds else (_loose(between), len(between))
        is_against = beside.is_list and "(" not in between
        if is_against and beside.side == _Side.BEHIND:
            loose = _OTHER_SIDE
        yield Near(link, each.kind == OTHER, loose, is_against, apart, beside.place, number)


def _is_before_film(beside: _Beside, mention: Mention) -> bool:
    """Say whether right before a reference stands a film of its own: "a 999 call and a video"."""
    last = beside.before[-1][1]
    if last.kind != OTHER or mention.kind == OTHER or not _IS_FILM.match(last.words):
        return False
    match = _AND_FILM.search(beside.line[mention.end : last.start])
    after = beside.line[last.end : beside.first]
    if match is None or _OF_IT.match(after) or _JOINED_ON.search(after):
        return False
    return bool(match["another"]) or is_no_film(mention, last)


def is_no_film(mention: Mention, other: Mention) -> bool:
    """Say whether what is mentioned has only sound, and the other is a film."""
    return mention.kind == "CALL_999" and bool(_IS_FILM.match(other.words))


def _link_before(mention: Mention, between: str) -> Link | None:
    """Say how sure it is that a reference is of a recording before it, if it may be.

    :param between: the words from the recording to the reference
    """
    if _BINDS.fullmatch(between):
        return Link.SURE
    words = without_tail(between)
    if not words.strip() or stands_for_another(between):
        return Link.SURE
    *more, clause = BREAKS.split(words)
    noun = noun_before(clause + between[len(words) :])
    if not more:
        is_of_it = between.startswith(" of ") or (
            between.startswith(("'s ", "’s ")) and _SHOWS.search(mention.words)
        )
        return Link.SURE if noun < Noun.THING or is_of_it else Link.DOUBTED
    is_apart = ";" in words
    if noun >= Noun.OTHER:
        shown = mention.words + words
        may_be = _SHOWS.search(shown) and not is_apart and not _IS_DONE_WITH.search(shown)
        return Link.DOUBTED if may_be else None
    is_sure = not is_apart and not noun
    return Link.SURE if is_sure else None if is_apart and noun else Link.DOUBTED


def _behind_it(beside: _Beside, *, is_called: bool) -> Iterator[Near]:
    noun = Noun.NONE if is_called else noun_before(beside.own)
    nearest = beside.behind[0][1] if beside.behind else None
    for number, each in beside.behind:
        between = beside.line[beside.last : each.start]
        called = noun_at_head(beside.begun, noun, between) if noun else noun
        link = _link_behind(between, each, called, is_called=is_called)
        if link is None or (nearest and _is_behind_film(beside.line, nearest, each)):
            continue
        loose, apart = _loose(between), len(between)
        if beside.side == _Side.BEFORE:
            loose = _OTHER_SIDE
        elif beside.before and between.startswith(")"):
            # "BWV PC Hall (exhibit SH/1) CCTV": the bracket is of what stands before it.
            loose = max(loose, 1)
        yield Near(link, each.kind == OTHER, loose, False, apart, beside.place, number)


def _is_behind_film(line: str, nearest: Mention, mention: Mention) -> bool:
    """Say whether a film stands nearer, and is no more of the same: "a video and a 999 call"."""
    return is_no_film(mention, nearest) and bool(BREAKS.search(line[nearest.end : mention.start]))


def _link_behind(between: str, mention: Mention, noun: Noun, *, is_called: bool) -> Link | None:
    """Say how sure it is that a reference is of a recording behind it, if it may be.

    :param noun: what the words before the reference call it
    :param is_called: whether these say that it is a recording
    """
    leads = bool(_LEADS.fullmatch(between))
    is_broken = bool(BREAKS.search(between))
    thing = thing_between(between, is_film=mention.kind == OTHER)
    if thing == Noun.THING or (is_called and (thing or is_broken)):
        return None
    if noun:
        # "In her statement DM/1 CCTV is exhibited"
        may_be = leads and (noun < Noun.THING or not between.strip())
        return Link.DOUBTED if may_be else None
    if leads or holds_recording(between):
        return Link.SURE
    if ";" in between:
        return None
    return Link.DOUBTED if thing or _JOINED_ON.search(between) else Link.SURE
