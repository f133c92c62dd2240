"""The disclosure management document: how the prosecution went about unused material, and why.

CrimPR 15.2 has it served on the defendant and, at the same time, on the court. It is put together
from what was done with the open schedules and from what a prosecutor writes under each heading.
What is sensitive has no place in it: nothing of a sensitive schedule is asked for, and words that
stand in one are refused.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forthright.rules.as_seen import as_seen, plain_words
from forthright.rules.endorsements import Endorsed
from forthright.rules.names_shared import FIRST_WORDS, NO_NAMES, names_shared, names_too
from forthright.rules.schedules.bundle import plain
from forthright.rules.words import capitalised, count_words, day_words, list_words

# As many telling words in a row of a sensitive schedule are no chance.
RUN = 3
# A word with a capital that begins no sentence. It may begin a line or a part of a list, and is a
# name there where it is none of every day.
CAPITAL = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][a-z]{2,}\b")
# A name: one that begins no line and no part of a list either.
NAME = re.compile(r"(?<!^)(?<![.!?;:•)] )\b[A-Z][a-z]{2,}\b", re.MULTILINE)
# Words by which somebody speaks of sensitive material, whichever it is. That there is none is not
# said either: where it is said in one case, its absence tells in the next.
SPEAKS = re.compile(
    r"\b(?:informants?|chis|covert\w*|undercover|(?<!dog )handlers?|tasking"
    r"|(?:human|police|confidential|protected|intelligence) sources?"
    r"|source (?:handl\w+|report|debrief|unit)"
    r"|intel|intelligence (?:logs?|reports?|submissions?|profiles?|packages?|entry|entries)"
    r"|(?:directed )?surveillance|observation p(?:ost|oint)s?|crimestoppers"
    r"|witness protection|protected persons?|ripa|intercept(?:s|ion)?|suspicious activity reports?"
    r"|public[ -]interest immunity|pii|mg ?0?6 ?\(?d\)?)(?!\w)"
)
# The same in plain words: it is called so, listed as such, or said to be so.
_THINGS = r"(?:materials?|items?|documents?|records?|information|lists?|schedules?)"
_WHICH = (
    rf"(?:{_THINGS}|notes?|logs?|reports?|it|they|these|those|this|that|which|what|some|others?"
    r"|rest|remainder|part|parts|all|none|nothing|anything|everything|something)"
)
_IS = (
    r"(?:is|are|was|were|be|been|being|remains?|seems?)"
    r"(?: (?:also|all|both|very|highly|so|too|partly|in part|still|only|potentially|possibly"
    r"|considered|deemed|thought|held|marked|classed|classified|treated|regarded|listed|found"
    r"|said|to be|as))*"
)
_BESIDE = (
    r"(?:and|or|nonsensitive|unused|relevant|undisclosed|disclosure|prosecution|police|other"
    r"|further|third[ -]party)"
)
PLAINLY = re.compile(
    rf"\bsensitive(?:[ ,/&]+{_BESIDE})*[ ,/&]+(?:{_THINGS}|unused)\b"
    r"|\b(?:schedules?|lists?|registers?) of (?:the |all |any |what is )?sensitive\b"
    rf"|\b{_WHICH} {_IS} sensitive\b"
    r"(?! (?:to (?!(?:disclose|be|give|serve|share|release|show)\b)|about\b|by\b|skin\b))"
    rf"|\b{_WHICH} (?:{_IS} )?of an? (?:\w+ )?sensitive (?:nature|kind|character)\b"
    rf"|\b{_THINGS} \(sensitive\)|\b(?:nothing|something|anything) sensitive\b"
)
# What a schedule of open items is called, and what is sensitive to something else.
OPEN = re.compile(r"\b(?:non|un)[\W_]{0,3}sensitive\b")
OTHERWISE = re.compile(
    r"\b(?:light|time|price|heat|touch|pressure|motion|market|commercially)[ -]sensitive\b"
)
LONGEST_PART = 4_000
WORD = re.compile(r"[a-z0-9’']+")
SMALL = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "he",
    "her", "his", "in", "is", "it", "its", "not", "of", "on", "or", "she", "that", "the", "their",
    "they", "this", "to", "was", "were", "which", "who", "with",
})  # fmt: skip
# In these words the test for disclosure is put: a report that says so tells nothing by them.
OF_THE_TEST = frozenset({
    "accused", "assist", "assisting", "assists", "capable", "case", "considered", "could",
    "defence", "defendant", "disclosable", "disclosed", "disclosure", "does", "material", "may",
    "meet", "meets", "might", "prosecution", "reasonably", "relevant", "test", "undermine",
    "undermines", "undermining", "would",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """A part that a prosecutor writes: what it is called, and what belongs beneath it."""

    key: str
    title: str
    hint: str


# The parts follow Annex C of the Attorney General's Guidelines 2024, to be confirmed against it.
HEADINGS = (
    Heading("issues", "The case and its issues",
            "What is alleged, what the defence is or is thought to be, and what is in dispute."),
    Heading("enquiries", "Reasonable lines of enquiry",
            "Which were followed, and which were not, and why."),
    Heading("digital", "Phones, computers and other electronic material",
            "What was seized, how it was searched, by which dates and words, and what was not."),
    Heading("recordings", "Recordings",
            "CCTV, body-worn video, calls and interviews: what was kept, and what was viewed."),
    Heading("third_parties", "Material that others hold",
            "Who was asked, for what, and what came."),
    Heading("other", "Anything else",
            "Linked cases, material abroad, experts, or nothing."),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleCame:
    """A version of an open schedule: when it came, and when it was found adequate or returned."""

    form: str
    version: int
    items: int
    came_on: date
    decided_on: date | None = None
    is_returned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WasServed:
    """A service on this defendant: its day, its kind in words, and how many items."""

    day: date
    kind: str
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """What was done with the open schedules of a case, for one defendant."""

    schedules: tuple[ScheduleCame, ...] = ()
    # How many open items stand under each code, and how many are still to be decided.
    codes: Mapping[Endorsed, int] | None = None
    waiting: int = 0
    servings: tuple[WasServed, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands beneath it."""

    title: str
    paragraphs: tuple[str, ...]


def parts_of(facts: ReviewFacts, written: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the document: what was written, under its heading, then what was done.

    A heading under which nothing was written is left out: "nothing" would be said of the case.
    """
    said = [
        Part(heading.title, paragraphs)
        for heading in HEADINGS
        if (paragraphs := _paragraphs(written.get(heading.key, "")))
    ]
    done = Part("How unused material was scheduled and reviewed", tuple(_done(facts)))
    later = (
        "The prosecutor keeps disclosure under review until the case is over. The defence is asked "
        "to say as soon as practicable what it makes of this document, and what else it asks for."
    )
    return (*said, done, Part("Under review", (later,)))


def told_of_sensitive(words: str, secrets: Iterable[str], known: Iterable[str] = ()) -> str:
    """Return what some words tell of a sensitive schedule, or nothing.

    A name that stands there, or several telling words in a row; what the open schedules say too
    is `known` to everybody.
    """
    open_words = {word for each in known for word in _words(each)}
    open_runs = {run for each in known for run in _runs(each)}
    telling = set(_runs(words)) - open_runs
    # A cell of a schedule may hold lines that are joined by a space, so an ordinary word stands
    # within with a capital; it is a name where it is written as one.
    ordinary = SMALL | FIRST_WORDS | plain_words()
    said = (set(_words(words)) - ordinary) | _names(words) | names_too(words)
    for secret in secrets:
        begin = {plain(word) for word in CAPITAL.findall(secret)} - ordinary
        names = (_names(secret) | begin | names_too(secret)) - NO_NAMES - open_words
        if told := sorted((names & said) | (names_shared(words, secret) - open_words)):
            return told[0]
        if run := next((each for each in _runs(secret) if each in telling), None):
            return " ".join(run)
    return ""


def speaks_of_sensitive(words: str) -> str:
    """Return the words by which a text speaks of sensitive material, or nothing.

    Needs no schedule: what is sensitive may come later, or stand in no case file at all.
    """
    seen = " ".join(plain(as_seen(words)).split())
    seen = OTHERWISE.sub("", OPEN.sub("nonsensitive", seen))
    found = SPEAKS.search(seen) or PLAINLY.search(seen)
    return found[0] if found else ""


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _names(text: str) -> set[str]:
    return {plain(name) for name in NAME.findall(text)}


def _words(text: str) -> list[str]:
    return WORD.findall(plain(text))


def _runs(text: str) -> list[tuple[str, ...]]:
    words = [word for word in _words(text) if word not in SMALL]
    runs = (tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))
    return [run for run in runs if not OF_THE_TEST.issuperset(run)]


def _done(facts: ReviewFacts) -> list[str]:
    said = [_came(each) for each in facts.schedules]
    if not said:
        said.append("No schedule has come from the police yet.")
    codes = facts.codes or {}
    total = sum(codes.values()) + facts.waiting
    if total:
        counts = [f"{number:,} {code.words}" for code, number in codes.items() if number]
        if facts.waiting:
            counts.append(f"{facts.waiting:,} still to be decided")
        said.append(
            f"{count_words(total, 'item')} on the open schedules, as decided for this defendant: "
            f"{list_words(counts)}."
        )
    said += [_served(each) for each in facts.servings]
    return said


def _came(each: ScheduleCame) -> str:
    came = (
        f"Schedule {each.form}, version {each.version}, of {count_words(each.items, 'item')}, "
        f"came on {day_words(each.came_on)}"
    )
    if each.decided_on is None:
        return f"{came}."
    what = "returned to the police to be mended" if each.is_returned else "found adequate"
    return f"{came} and was {what} on {day_words(each.decided_on)}."


def _served(each: WasServed) -> str:
    number = f": {count_words(each.items, 'item')}" if each.items else ""
    return f"{capitalised(each.kind)} was given on {day_words(each.day)}{number}."


def as_table(parts: Sequence[Part]) -> list[dict[str, object]]:
    """Return the parts as they are kept."""
    return [{"title": part.title, "paragraphs": list(part.paragraphs)} for part in parts]
