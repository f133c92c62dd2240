"""Letters by which the anonymiser is measured, each with what identifies and what a case knows."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from forthright.anonymiser.known import Known, KnownPerson, KnownWords
from forthright.anonymiser.spans import Kind
from training.facts import Facts
from training.marked import Mark, Marked, Piece
from training.people import Named
from training.pools import Pools, pools_of

HERE = Path(__file__).parent
HEADS = (
    "{reader_full}\n{address}\n\n{date}\n\nYour case number: {urn}\n\n",
    "PERSONAL\n\n{reader}\n{address}\n\nWritten on {date}\nUs: {urn}\nYou: {reference}\n\n",
    "{date}\n\nAbout: {accused_full}, {court}, {urn}\n\n",
    "{address}\n\n{reader_full}\n\nRex v {accused_family}\n{urn}\n\n",
    "To {reader_full} by e-mail to {email}\n\n{date}\n\n",
    "",
)
GREETINGS = (
    "Dear {reader}\n\n",
    "Dear {reader},\n\n",
    "Dear {reader_first},\n",
    "Dear {reader_full}\n\n",
    "",
)
GOODBYE = "\n\nYours sincerely"
ENDS = (
    "You can write to us at {email} or ring {phone}." + GOODBYE + "\n\n{writer}\n{area}\n",
    "If you want a review, ask within ten working days." + GOODBYE + ",\n{writer}\n{town}\n",
    "Yours faithfully\n\n\n{writer}\nfor the Chief Crown Prosecutor\nDirect line {phone}\n",
    "Kind regards\n\n{writer}\n{phone} / {email}\n",
    "Signed for the Crown Prosecution Service by {writer} on {date}\n",
)
# What stands round the letters of the third set.
THIRD_HEADS = (
    "{writer}\n{area}\n{address}\n\n{date}\n\nFor {reader_full} only\n\n",
    "{reader_full}, {address}\n\nYour reference {reference} | Our reference {urn}\n{date}\n\n",
    "Sent by post and by {email} on {date}\n\n{reader}\n{address}\n\n",
    "Crown Prosecution Service, {town}\n\nPolice number: {crime}\nCase: {urn}\n\n",
    "",
)
THIRD_GREETINGS = (
    "Dear {reader},\n\n",
    "Dear {reader_first}\n\n",
    "Dear {reader_full},\n\n",
    "Hello {reader_first}.\n\n",
    "",
)
THIRD_ENDS = (
    "Do get in touch if anything is unclear."
    + GOODBYE
    + "\n\n{writer}\nDistrict Crown Prosecutor\n",
    (
        "My colleague {writer} ({email}) has a copy of this letter.\n\n"
        "With best wishes\n\n{stranger_full}\n"
    ),
    "Victim Support can be reached day and night.\n\nYours truly,\n\n{writer}, {area}, {phone}\n",
    "(signed) {writer}\n",
    "",
)
FOURTH_HEADS = (
    "{area}\n\nIn confidence\n\n{reader_full}\n{address}\n\n{date}\nCase {urn}\n\n",
    "{date}\n\n{reader_full}\nBy hand to {house}\n\n{urn} / {reference}\n\n",
    "{reader_full}\n{address}\n\nThe Crown against {accused_full}\nPolice reference {crime}\n\n",
    "From: {writer}, {area}\nTo: {email}\nOn: {date}\n\n",
    "",
)
FOURTH_GREETINGS = (
    "Dear {reader}\n\n",
    "Dear {reader_full},\n\n",
    "Good morning {reader_first},\n\n",
    "Dear {reader} and {stranger_formal},\n\n",
    "",
)
FOURTH_ENDS = (
    "I shall be at {phone} if you want to talk." + GOODBYE + ",\n\n\n{writer}\n{town} office\n",
    "With kind regards\n\n{writer}\n{email}\n\nCopy: {stranger_full}, Witness Care Unit\n",
    "Written for the Crown Prosecution Service by {writer} and read by {stranger_full}.\n",
    "Yours faithfully,\n\n{writer_first}\n({phone})\n",
    "",
)
CODES = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class LetterSet:
    """Letters of one kind: their frames, their words, and what stands round each."""

    frames: str
    words: str = "measure"
    heads: tuple[str, ...] = HEADS
    greetings: tuple[str, ...] = GREETINGS
    ends: tuple[str, ...] = ENDS


FIRST = LetterSet("frames.txt")
SECOND = LetterSet("second_frames.txt")
THIRD = LetterSet("blind_frames.txt", "blind", THIRD_HEADS, THIRD_GREETINGS, THIRD_ENDS)
# Kept as it was before it was measured the first time, and no rule is mended by it: it alone says
# what letters unlike those known will do.
FOURTH = LetterSet("fourth_frames.txt", "fourth", FOURTH_HEADS, FOURTH_GREETINGS, FOURTH_ENDS)


@dataclass(frozen=True, slots=True)
class Measured:
    """A letter that measures, and all that its case record would know."""

    frame: str
    text: str
    marks: tuple[Mark, ...]
    known: Known


class KnownFacts(Facts):
    """Facts of which a record is kept: names as they are rightly spelt, numbers, places."""

    def __init__(self, chance: random.Random, pools: Pools) -> None:
        super().__init__(chance, pools)
        self.people: list[Named] = []
        self.places: list[str] = []

    def person(self) -> Named:
        person = super().person()
        self.people.append(person)
        return person

    def one_of(self, kind: str) -> str:
        place = super().one_of(kind)
        self.places.append(place)
        return place

    def nickname(self) -> list[Piece]:
        pieces = super().nickname()
        self.places.append(pieces[0].text)
        return pieces


def frames(name: str) -> dict[str, str]:
    """Return the letters of a file by their names."""
    text = (HERE / name).read_text("utf-8")
    parts = re.split(r"^=== (.+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], (each.strip() + "\n\n" for each in parts[1::2]), strict=True))


def measuring_letters(number: int, seed: int, of: LetterSet = FIRST) -> list[Measured]:
    """Return so many letters by a seed, every frame in turn."""
    pools, held = pools_of(of.words, HERE), frames(of.frames)
    names = list(held)
    letters = []
    for each in range(number):
        name, chance = names[each % len(names)], random.Random(f"measure/{seed}/{each}")
        parts = (chance.choice(of.heads), chance.choice(of.greetings), held[name],
                 chance.choice(of.ends))  # fmt: skip
        letters.append(_letter(name, parts, KnownFacts(chance, pools)))
    return letters


def _letter(name: str, parts: Iterable[str], facts: KnownFacts) -> Measured:
    letter = Marked()
    for part in parts:
        facts.fill(part, letter)
    return Measured(name, letter.text, tuple(letter.marks), _known(facts, letter))


def _known(facts: KnownFacts, letter: Marked) -> Known:
    people = tuple(
        KnownPerson(f"person {number}", " ".join(each.given), each.family)
        for number, each in enumerate(facts.people, 1)
    )
    words = [
        KnownWords(Kind.ADDRESS if CODES.search(each) else Kind.PLACE, each)
        for each in facts.places
    ]
    for mark in letter.marks:
        said = letter.text[mark.start : mark.end]
        if mark.kind == "CODE":
            words.append(KnownWords(Kind.EMAIL if "@" in said else Kind.URN, said))
        elif mark.kind == "LOC" and CODES.search(said):
            words.append(KnownWords(Kind.ADDRESS, said))
    return Known(people, tuple(dict.fromkeys(words)))
