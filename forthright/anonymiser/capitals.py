"""Names of places, pubs and firms by their capitals: “Pity Me”, “Cash and Go”, “7 Heron’s Reach”.

Within a sentence English writes a capital only where something is named. What a keep-list holds
is not taken for a name. All this holds of letters alone: a court's judgment is full of institutions
that it names by their capitals, and there the model decides.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from forthright.anonymiser import capital_runs, capital_shapes
from forthright.anonymiser.capital_runs import Run, Word, is_heading
from forthright.anonymiser.capital_words import (
    POSSESSIVE,
    as_small,
    is_common,
    is_ordinary,
    listed,
    stays,
)
from forthright.anonymiser.plain_words import standing
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.anonymiser.titles import IS_CALLED, NAME

WORD = re.compile(NAME)
# “Norwegian”, “Peruvian”, “Sudanese”, “Turkish”, “Iraqi”.
PEOPLES = re.compile(r"(?:ian|ean|ese|ish|[a-z]an|[a-z]{2}i)s?$")
# What is said of a people's state and not of somebody.
OF_A_STATE = re.compile(
    r"[ \u00a0](?:laws?|courts?|police|embassy|authorit\w+|government|consulate|state|parliament)\b"
)
# What leads to a place: “in Battle”, “from The Quiet Woman”.
LEADS = re.compile(
    r"\b(?:in|at|near|from|to|of|via|past|outside|opposite|behind|through|towards|around|into|"
    r"inside|beside|across|along|down|up|between)[ \u00a0](?:the[ \u00a0])?$"
)
# What a shop does and a thing does not: “Boots told us”, “Battle is where he was”.
DOES = re.compile(
    r"[ \u00a0](?:told|says?|said|rang|sent|gave|kept|refused|confirmed|wrote|replied|answered|"
    r"sold|delivered|employs|employed|(?:has|had|have) (?:no|not|told|sent|since|never)|"
    r"is (?:where|an? (?:\w+ )?(?:town|village|city|shop|pub|firm|place)))\b"
)
# What a letter does and no judgment: it greets, it ends, and it speaks to its reader.
LETTER = re.compile(
    r"^[ \t]*(?:Dear|Hello|Hi|Annwyl|Good (?:morning|afternoon|evening|day))\b|"
    r"^[ \t]*(?:Yours|(?:With )?(?:[Kk]ind(?:est)?|[Bb]est|[Ww]arm) (?:[Rr]egards|[Ww]ishes)|"
    r"Regards|\(?[Ss]igned)\b|\b[Yy]ou(?:r|rs|rself|rselves)?\b",
    re.MULTILINE,
)
# What a judgment speaks of. What has neither is short of both, and is read as a letter.
JUDGMENT = re.compile(r"\b[Tt]he (?:applicants?|appellants?|Government|respondents?)\b")
# With a capital, so much of the model's say is enough.
LIKELY_FROM = 0.05
BY_CAPITAL = "a capital within a sentence names something"
BEGINS_WITH = "a sentence begins with what is no word of English"
SEVERAL = "several capitals where a sentence begins name something"
IS_DOING = "a sentence begins with it and says what it did"
# What goes before a person's name where a place or a school is called by it.
SAINTS = frozenset(
    {"st", "st.", "saint", "ste", "king", "queen", "prince", "princess", "lady", "lord", "dame",
     "our", "county", "bishop", "cardinal", "port", "fort", "mount", "isle", "vale", "holy"}
)  # fmt: skip
NAMED_HERE = {Kind.ORGANISATION, Kind.PLACE, Kind.ADDRESS, Kind.POSTCODE}


class Seen:
    """What other layers saw of a letter: for each character its kind, or nothing."""

    def __init__(self, text: str, sure: Sequence[Found], model: Sequence[Found]) -> None:
        """Keep what is sure; of the model what is likely enough for a word with a capital."""
        self.sure: list[Kind | None] = [None] * len(text)
        for each in sorted(sure, key=lambda found: found.end - found.start):
            # “You asked Bubble and Squeak”: whom one asks may be a firm.
            word = WORD.match(text, each.start)
            if each.because == IS_CALLED and word and is_ordinary(word[0]):
                continue
            self.sure[each.start : each.end] = [each.kind] * (each.end - each.start)
        self.likely = {each.start: each for each in model if each.score >= LIKELY_FROM}

    def is_person(self, start: int, end: int) -> bool:
        """Say whether a surer layer saw a word as part of somebody's name."""
        return self.sure[start] is Kind.PERSON


def is_letter(text: str) -> bool:
    """Say whether a text is a letter and no judgment; what is short of both is read as a letter."""
    return LETTER.search(text) is not None or JUDGMENT.search(text) is None


def named_by_capitals(
    text: str, sure: Sequence[Found], model: Sequence[Found], kept: bytearray
) -> Iterator[Found]:
    """Yield what a capital names in a letter, and houses that stand after their number.

    What the surer layers saw is theirs; of a person's name only the words beside it are told.
    """
    if not is_letter(text):
        return
    yield from capital_shapes.told_by_shape(text, [*sure, *model], kept)
    seen = Seen(text, sure, model)
    named: list[Found] = []
    for run in capital_runs.runs_of(text, kept, seen.is_person):
        named += _named(text, run, seen)
    yield from named
    yield from _again(text, [*sure, *named])


def _named(text: str, run: Run, seen: Seen) -> Iterator[Found]:
    """Yield a run as one name; beside somebody's name, each word by itself."""
    because = _because(text, run, seen)
    people = [seen.is_person(each.start, each.end) for each in run.words]
    if not because or all(people):
        return
    if _is_people(run, seen):
        yield from _people(text, run.words[-1])
    elif not any(people) or _is_one_name(run.words):
        kind = _kind(run, seen)
        if kind is Kind.PERSON and any(people):
            kind = Kind.ORGANISATION
        yield _found(text, run.words[0].start, run.words[-1], kind, because)
    else:
        for each, is_person in zip(run.words, people, strict=True):
            if not is_person:
                yield _found(text, each.start, each, Kind.PERSON, because)


def _is_people(run: Run, seen: Seen) -> bool:
    """Say whether a run is what a people is called, of which no layer knows better."""
    last = run.words[-1]
    is_one = len([each for each in run.words if each.said != "The"]) == 1
    is_unseen = seen.sure[last.start] is None and last.start not in seen.likely
    return is_one and is_unseen and PEOPLES.search(last.said) is not None


def _people(text: str, word: Word) -> Iterator[Found]:
    if not OF_A_STATE.match(text, word.end):
        end = word.start + len(POSSESSIVE.sub("", word.said))
        yield Found(word.start, end, Kind.DESCRIPTION, Layer.TITLE, 0.6,
                    because="the name of a people")  # fmt: skip


def _is_house(words: Sequence[Word]) -> bool:
    is_welsh = words[0].small in listed("welsh heads")
    return is_welsh or words[-1].small in listed("establishments")


def _is_one_name(words: Sequence[Word]) -> bool:
    """Say whether words are one name though one is a person's: “King’s Lynn”, “Ruth’s Bakery”."""
    first = words[words[0].said == "The"]
    is_called = first.small in SAINTS or words[-1].small in listed("streets")
    if is_called or _is_house(words):
        return True
    is_owned = any(POSSESSIVE.search(each.said) for each in words[:-1])
    return is_owned or any(after.start - before.end > 1 for before, after in pairwise(words))


def _found(text: str, start: int, last: Word, kind: Kind, because: str) -> Found:
    end = last.end
    if kind is Kind.PERSON and not last.ends_name:
        end = last.start + len(POSSESSIVE.sub("", last.said))
    if kind in NAMED_HERE and end == last.end:
        number = capital_runs.NUMBER_AFTER.match(text, end)
        end = number.end() if number else end
    return Found(start, end, kind, Layer.TITLE, 0.6, because=because)


def _because(text: str, run: Run, seen: Seen) -> str:
    """Say why a run is a name; nothing where it is none."""
    named = [each for each in run.words if not each.stays] or [run.words[-1]]
    strange = [each for each in named if not is_ordinary(each.said)]
    is_alone = run.begins and len(run.words) == 1
    if not (is_alone and not strange) and any(each.start in seen.likely for each in named):
        return BEGINS_WITH if is_alone else BY_CAPITAL
    if is_heading(text, run.words[0].start) or _is_shouted(text, named):
        return BEGINS_WITH if strange else ""
    if not run.begins:
        return BY_CAPITAL
    return BEGINS_WITH if strange else _because_begins(text, run)


def _because_begins(text: str, run: Run) -> str:
    """Say why ordinary words with a capital are a name where a sentence begins."""
    if len([each for each in run.words if each.said != "The" and each.said.isalpha()]) > 1:
        return SEVERAL
    word = run.words[-1]
    is_doing = not is_common(word.said) and DOES.match(text, word.end)
    return IS_DOING if len(run.words) == 1 and is_doing else ""


def _is_shouted(text: str, named: Sequence[Word]) -> bool:
    """Say whether ordinary words are written large to be read: “we MUST prove it”."""
    is_large = all(len(each.said) > 1 and each.said.isupper() for each in named)
    start = named[0].start
    return (
        is_large
        and all(is_ordinary(each.said) for each in named)
        and not LEADS.search(text, max(0, start - 12), start)
    )


def _kind(run: Run, seen: Seen) -> Kind:
    """Say what a name is of: as a surer layer or the model saw it, or by its own words."""
    first, last = run.words[0], run.words[-1]
    if _is_house(run.words):
        return Kind.ORGANISATION
    kinds = {kind for kind in seen.sure[first.start : last.end] if kind in NAMED_HERE}
    if len(kinds) == 1:
        return kinds.pop() or Kind.PLACE
    if last.small in listed("streets"):
        return Kind.ADDRESS
    likely = [seen.likely[each.start] for each in run.words if each.start in seen.likely]
    if likely:
        return max(likely, key=lambda each: each.score).kind
    return Kind.ORGANISATION if first.said == "The" else Kind.PLACE


def _again(text: str, named: Sequence[Found]) -> Iterator[Found]:
    """Yield a place or a firm where it stands once more, however its letters are written.

    A name of one word is told where it has its capital.
    """
    said: dict[str, Found] = {}
    for each in named:
        if each.kind in NAMED_HERE and each.layer is Layer.TITLE:
            for words in _names_of(text[each.start : each.end], each.kind):
                said.setdefault(words, each)
    small = "".join(each.lower()[0] for each in text)  # a place in it is one in the letter
    for start, end in standing(small, said):
        words = text[start:end]
        is_several = " " in words
        is_one = words[0].isupper() and not capital_shapes.is_said_small(words)
        first = said.get(words.casefold())
        if first and (is_several or is_one):
            yield Found(start, end, first.kind, Layer.TITLE, 0.6,
                        because="the same name stands elsewhere in the letter")  # fmt: skip


def _names_of(name: str, kind: Kind) -> Iterator[str]:
    """Yield a name without “The”, and each word of a firm's that tells something by itself."""
    whole = POSSESSIVE.sub("", name).removeprefix("The ")
    if len(whole) > 2:
        yield whole.casefold()
    for word in WORD.findall(whole) if kind is Kind.ORGANISATION else ():
        if not (stays(word) or is_common(word)):
            yield as_small(word)
