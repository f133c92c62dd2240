"""Finds the recordings that a form names, by exhibit reference or by what they are.

What is found is offered, never taken for certain: a person says which are recordings. So a
reference that says nothing of a recording is offered too, and is only not chosen beforehand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forthright.rules.exhibits import exhibit_key
from forthright.rules.unseen_characters import BLANKS

LONGEST_REFERENCE, LONGEST_WORDS = 40, 200
LONGEST_RANGE = 20
# Any other words that may stand for a recording, with no kind of their own.
OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedExhibit:
    """One exhibit or recording that a form names.

    `reference` is what it would be called in a register; where the form gives none, what it is.
    `kind` is that of a recording, "OTHER" where only a person can say. `words` are those in which
    it was named.
    """

    reference: str
    kind: str
    words: str
    has_reference: bool = True
    looks_recorded: bool = True

    @property
    def key(self) -> str:
        """Return the form in which it is compared."""
        return exhibit_key(self.reference)


# Initials and a number: "DM/3", "JRS / 12A"; with no stroke only after the word: "exhibit EBT189".
_STROKE = r"(?<![\w/.])(?P<initials>[A-Z]{2,5}) ?[/\\] ?(?P<number>\d{1,3})(?P<letter>[A-Z]?)"
_NO_STROKE = (
    r"(?i:\bexhibit(?:s|ed)?(?: as| no\.?| number| ref(?:erence)?\.?)?:? )"
    r"\(?(?P<bare>[A-Z]{2,5}[ -]?\d{1,4}[A-Z]?)\b(?!/)"
)
# No exhibit unless it says so: forms and records, and a rank before a collar number.
_FORMS = {"MG", "CPS", "PNC", "CRO", "URN", "NFA"}
_RANKS = {"PC", "DC", "DS", "DI", "PS", "PCSO"}
_COLLAR = 100
_SAYS_SO = re.compile(r"\bexhibit(?:s|ed)?(?: as| no\.?| number)?:? \(?$", re.IGNORECASE)
_RANGE = r"(?:[-–](?P<short>\d{1,3})|(?: ?[-–] ?| to )(?P=initials) ?[/\\] ?(?P<long>\d{1,3}))?"
REFERENCE = re.compile(rf"{_STROKE}{_RANGE}(?![\w/])|{_NO_STROKE}")

_CAMERA = (
    r"cctv|(?:security|street|council|shop|bus|traffic|door ?bell|ring) ?cam(?:era)?s?"
    r"(?: (?:footage|recording|video)s?)|(?:ring|video)?[ -]?door ?bell (?:footage|video|recording)"
)
_OFFICER = (
    r"(?: (?:footage|video|camera|recording))?"
    r"(?: (?:of|from) (?:PC|PS|DC|DS|DI|PCSO|Sgt|Insp)\.? ?\d{0,5}(?: [A-Z][\w'’-]+)?)?"
)
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
    for kind, pattern in (
        ("CALL_999", r"(?:999|101|emergency) (?:call|recording|tape|audio)s?\b"),
        ("BWV", rf"(?:bwv|bwc|bwf|body[- ]?worn(?: video| camera)?|body ?-?cams?\b){_OFFICER}"),
        ("DASHCAM", r"dash[ -]?cam\w*"),
        ("DRONE", r"drone (?:footage|video|recording)s?\b|npas (?:footage|video|recording)s?\b"),
        ("ABE", (r"abe\b(?: interview| recording| video| disc)*|achieving best evidence"
                r"|video[- ]recorded interview|vri\b")),
        ("INTERVIEW", (r"(?:police|taped|tape[- ]recorded|audio|audio[- ]recorded|suspect|custody)"
                      r" interview(?: recording| disc| tape)?|interview (?:recording|disc|tape)s?\b"
                      r"|recording of (?:the )?interview")),
        ("PHONE", r"(?:phone|handset|mobile|device) (?:\w+ )?(?:download|extraction)s?\b"),
        ("CCTV", rf"(?:{_CAMERA})\b"),
        ("OTHER", (r"(?:video|audio|footage|voice ?(?:note|mail|message)s?|sound recording"
                  r"|recording of)\b")),
    )
)  # fmt: skip
# A paper about a recording is none: "stills from the CCTV", "999 call log", "no CCTV".
_BEFORE = re.compile(
    r"\b(?:no|not|nor|without|never|stills?|(?:still )?images?|photo(?:graph)?s?|transcripts?|logs?"
    r"|summar(?:y|ies)|records?|statements?|rotis?|list|enquir(?:y|ies) for)(?: of| from| for)?"
    r"(?: any| the| a| his| her| their)*[ -]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[ -]*(?:stills?|images?|photo(?:graph)?s?|screen ?shots?|transcripts?|logs?|summar(?:y|ies)"
    r"|enquir(?:y|ies)|operators?|policy|trawl|request|reports?|statements?|viewing|suite|system"
    r"|(?:was|were|is|are|has|had) (?:not\b|never\b|no\b|been (?:overwritten|wiped))"
    r"|(?:was |were )?(?:overwritten|not working|switched off|not activated))\b",
    re.IGNORECASE,
)
# Only what joins references of one list may stand between two that share their words.
_JOINS = re.compile(r"[\s,;&()]*(?:and|&|or|to)?[\s,;&()]*")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z“\"(])")
_UNSEEN = re.compile("[" + re.escape("".join(BLANKS - {" ", "\n", "\t"})) + "]")


def exhibits_in(text: str) -> tuple[NamedExhibit, ...]:
    """Return what a form names, each once, in the order in which it is named.

    What looks like a recording stands for what was named before in other words.
    """
    found: dict[str, NamedExhibit] = {}
    for each in _each_in(_lines_of(text)):
        before = found.get(each.key)
        if before is None or (each.looks_recorded and not before.looks_recorded):
            found[each.key] = each
    return tuple(found.values())


def kinds_with_reference(found: tuple[NamedExhibit, ...]) -> set[str]:
    """Return the kinds of recording that a form names by a reference."""
    return {each.kind for each in found if each.has_reference and each.looks_recorded}


def _lines_of(text: str) -> list[str]:
    """Return the lines of a text; a reference that stands alone takes the lines below it.

    So the cells of a table read as one line, when a file gives each its own.
    """
    lines = [" ".join(_UNSEEN.sub(" ", each).split()) for each in text.splitlines()]
    joined: list[str] = []
    is_open = False
    for line in lines:
        if is_open and line and not _has_reference(line):
            joined[-1] = f"{joined[-1]} {line}"
            is_open = len(joined[-1]) < LONGEST_WORDS and not _mentions(joined[-1])
            continue
        joined += [part for part in _SENTENCE.split(line) if part]
        is_open = _is_reference_alone(line) or (is_open and not line)
    return joined


def _has_reference(line: str) -> bool:
    return next(_references(line), None) is not None


def _is_reference_alone(line: str) -> bool:
    found = list(_references(line))
    return len(found) == 1 and len(line) - len(found[0].group()) <= len("Exhibit no. 12: ")


def _references(line: str) -> Iterator[re.Match[str]]:
    for match in REFERENCE.finditer(line):
        if match["bare"] or not _is_of_something_else(match):
            yield match


def _is_of_something_else(match: re.Match[str]) -> bool:
    is_collar = match["initials"] in _RANKS and int(match["number"]) >= _COLLAR
    is_one = is_collar or match["initials"] in _FORMS
    return is_one and not _SAYS_SO.search(match.string[: match.start()])


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: str
    start: int
    end: int
    words: str


def _mentions(line: str) -> list[_Mention]:
    """Return what says that something was recorded, and is no paper about it."""
    found: list[_Mention] = []
    for kind, pattern in KINDS:
        for match in pattern.finditer(line):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in found):
                continue
            found.append(_Mention(kind, start, end, match.group().strip(" -")))
    return sorted(
        (each for each in found if not _is_about(line, each)), key=lambda each: each.start
    )


def _is_about(line: str, mention: _Mention) -> bool:
    return bool(_BEFORE.search(line[: mention.start]) or _AFTER.search(line[mention.end :]))


def _each_in(lines: list[str]) -> Iterator[NamedExhibit]:
    for line in lines:
        references, mentions = list(_references(line)), _mentions(line)
        groups = _groups(line, references)
        of_group, alone = _shared_out(groups, mentions)
        for place, group in enumerate(groups):
            mention = of_group.get(place)
            for reference in (each for match in group for each in _written(match)):
                yield NamedExhibit(
                    reference=reference, kind=mention.kind if mention else OTHER,
                    words=_clipped(line), looks_recorded=mention is not None,
                )  # fmt: skip
        for mention in alone:
            if mention.kind != OTHER:
                yield NamedExhibit(
                    reference=mention.words[:LONGEST_REFERENCE].strip(), kind=mention.kind,
                    words=_clipped(line), has_reference=False,
                )  # fmt: skip


def _groups(line: str, references: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Return the references of a line, those of one list together."""
    groups: list[list[re.Match[str]]] = []
    for match in references:
        between = line[groups[-1][-1].end() : match.start()] if groups else ""
        if groups and _JOINS.fullmatch(between):
            groups[-1].append(match)
        else:
            groups.append([match])
    return groups


def _shared_out(
    groups: list[list[re.Match[str]]], mentions: list[_Mention]
) -> tuple[dict[int, _Mention], list[_Mention]]:
    """Return the words nearest to each group of references, and those that stand for themselves.

    Words of a kind go before "video" or "footage", which may only say more of it. No words are
    given to two: a reference to which none are nearest has none.
    """
    near = sorted(
        ((mention.kind == OTHER, _apart(group, mention), place, number)
         for place, group in enumerate(groups) for number, mention in enumerate(mentions))
    )  # fmt: skip
    given: dict[int, _Mention] = {}
    taken: set[int] = set()
    for _, _, place, number in near:
        if place not in given and number not in taken:
            given[place] = mentions[number]
            taken.add(number)
    # Beside a reference, more words of the same line say more of the same thing.
    alone = [] if groups else mentions
    return given, alone


def _apart(group: list[re.Match[str]], mention: _Mention) -> int:
    if mention.end <= group[0].start():
        return group[0].start() - mention.end
    return max(mention.start - group[-1].end(), 0)


def _written(match: re.Match[str]) -> Iterator[str]:
    """Yield each reference of a match, a range one by one."""
    if match["bare"]:
        yield match["bare"]
        return
    initials, first = match["initials"], int(match["number"])
    yield f"{initials}/{match['number']}{match['letter']}"
    last = int(match["short"] or match["long"] or 0)
    if not match["letter"] and first < last <= first + LONGEST_RANGE:
        yield from (f"{initials}/{number}" for number in range(first + 1, last + 1))


def _clipped(line: str) -> str:
    words = line.strip(" \t-–•*")
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1].rstrip() + "…"
