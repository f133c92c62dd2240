"""Which words that a recording was made belong to which references of a line: the nearest."""

import re

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


def groups_of(line: str, references: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Return the references of a line, those of one list together."""
    groups: list[list[re.Match[str]]] = []
    for match in references:
        between = line[groups[-1][-1].end() : match.start()] if groups else ""
        if groups and _JOINS.fullmatch(between):
            groups[-1].append(match)
        else:
            groups.append([match])
    return groups


def shared_out(
    groups: list[list[re.Match[str]]], mentions: list[Mention]
) -> tuple[dict[int, Mention], list[Mention]]:
    """Return the words nearest to each group of references, and those that stand for themselves.

    Words of a kind go before "video" or "footage", which may only say more of it. No words are
    given to two: a reference to which none are nearest has none.
    """
    near = sorted(
        ((mention.kind == OTHER, _apart(group, mention), place, number)
         for place, group in enumerate(groups) if not _is_of_paper(group)
         for number, mention in enumerate(mentions))
    )  # fmt: skip
    given: dict[int, Mention] = {}
    taken: set[int] = set()
    for _, _, place, number in near:
        if place not in given and number not in taken:
            given[place] = mentions[number]
            taken.add(number)
    # Beside a reference, more words of the same line say more of the same thing.
    alone = mentions if all(_is_of_paper(each) for each in groups) else []
    return given, alone


def _is_of_paper(group: list[re.Match[str]]) -> bool:
    return bool(_PAPER_AS.search(group[0].string[: group[0].start()].rstrip()))


def _apart(group: list[re.Match[str]], mention: Mention) -> int:
    if mention.end <= group[0].start():
        between = group[0].string[mention.end : group[0].start()]
        return 0 if _BINDS.fullmatch(between) else len(between)
    return max(mention.start - group[-1].end(), 0)
