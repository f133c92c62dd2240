"""Which words that a recording was made belong to which references of a line: the nearest.

Only words of the clause in which a reference stands: "a knife, exhibit SH/1, and his body-worn
video captured this" names two exhibits, and the recording is not the one with the reference.
"""

import re
from dataclasses import dataclass

from forthright.rules.exhibit_links import BREAKS, Link, Near, is_no_film, is_of_paper, links_in
from forthright.rules.nouns_beside import Noun, is_thing_behind, is_thing_in, noun_before
from forthright.rules.recordings_named import OTHER, Mention, mentions_in

# Only what joins references of one list may stand between two that share their words.
_JOINS = re.compile(r"[\s,;&()]*(?:and|&|or|to)?[\s,;&()]*")
_CODE = re.compile(r"(?<![A-Z])(?:BW[VCF]|CCTV|ABE|VRI|DASH|DVD)(?![A-Z])")
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
    for number, match in enumerate(references):
        between = line[groups[-1][-1].end() : match.start()] if groups else ""
        is_alike = groups and _code_of(groups[-1][-1]) == _code_of(match)
        ends = references[number + 1].start() if number + 1 < len(references) else len(line)
        if is_alike and _JOINS.fullmatch(between) and not _is_of_thing(line[match.end() : ends]):
            groups[-1].append(match)
        else:
            groups.append([match])
    return groups


def _is_of_thing(behind: str) -> bool:
    """Say whether a reference is of what stands behind it: "CCTV DM/1 and DM/2 knife"."""
    return is_thing_behind(behind, is_list=True) and not mentions_in(behind)


def _code_of(match: re.Match[str]) -> str:
    """Return by which kind a reference calls itself: "SH-BWV-01" and "AK-CCTV-2" are no list."""
    code = _CODE.search(match.group())
    return code.group() if code else ""


def shared_out(line: str, groups: list[list[re.Match[str]]], mentions: list[Mention]) -> Shared:
    """Return the words nearest to each group of references, and those that stand for themselves.

    Words of a kind go before "video" or "footage", which may only say more of it. Words are given
    to two only where the second is told to be another of the same: by whose or where it is.
    """
    links = sorted(links_in(line, groups, mentions))
    given: dict[int, Near] = {}
    taken: set[int] = set()
    for each in links:
        if each.place not in given and each.number not in taken:
            given[each.place] = each
            taken.add(each.number)
    doubted = frozenset(place for place, each in given.items() if each.link == Link.DOUBTED)
    sure = {each.number for each in given.values() if each.link == Link.SURE}
    # "The 999 call was made, and I produce a recording of it as EO/1" names one.
    more = {
        each.number for each in links
        if each.is_other and each.link == Link.SURE and each.place in given
        and not is_no_film(mentions[given[each.place].number], mentions[each.number])
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


def _is_another_of_it(line: str, one: list[re.Match[str]], other: list[re.Match[str]]) -> bool:
    """Say whether what stands beside a second reference tells only who or where it is of."""
    between, behind = line[one[-1].end() : other[0].start()], line[other[-1].end() :]
    match = _AND_OF.fullmatch(between)
    if match is None or is_thing_in(between) or noun_before(between) > Noun.NAME:
        return False
    return bool(match["which"] or _OF_WHICH.match(behind)) and not is_of_paper(between)


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
    return bool(BREAKS.search(_between(line, one, other)))


def _says_otherwise(one: Mention, other: Mention) -> bool:
    """Say whether each says whose or which it is, and they differ: "CCTV from Asda"."""
    return one.words.count(" ") > 1 and other.words.count(" ") > 1 and one.words != other.words
