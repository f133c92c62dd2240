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
FIFTH_HEADS = (
    (
        "OFFICIAL-SENSITIVE\n\n{area}\n{date}\n\nTo: {reader_full}\n{address}\n\n"
        "Please quote {urn} if you write to us\n\n"
    ),
    "{reader}\nc/o {stranger_full}\n{address}\n\nDictated {date}, typed {date}\n\n",
    "Case: {accused_full} and {second}\nCourt: {court}\nCourt’s number: {court_ref}\n\n",
    "Subject: your case {urn}\nTo: {email}\nCc: {email}\nSent: {date} at {time}\n\n",
    "Victim Liaison Unit\n{town}\nTel. {phone}\n\n{date}\n\n{reader_full}\n{house}\n{postcode}\n\n",
)
FIFTH_GREETINGS = (
    "Dear {reader} –\n\n",
    "Good afternoon, {reader_first}\n\n",
    "Annwyl / Dear {reader_full},\n\n",
    "Dear {reader_first} and family,\n\n",
    "Dear Sir or Madam\n\n",
)
FIFTH_ENDS = (
    "Do ring {writer_first} on {phone} or, on Thursdays, {stranger_full}."
    + GOODBYE
    + "\n\n{writer}\n",
    (
        "Yours very sincerely,\n\n{writer}\nSpecialist Prosecutor, {area}\n"
        "Enc. leaflet, form {reference}\n"
    ),
    (
        "With our sympathy and respect,\n\n\n{writer}\npp {stranger_full}\n"
        "Deputy Chief Crown Prosecutor\n{house}, {town} {postcode}\n"
    ),
    "Thank you for your patience.\n\nYours in haste\n{writer_first}\n\ncc {officer}, {force}\n",
    (
        "Yn gywir / Yours sincerely\n{writer} | {email} | {phone}\n\n"
        "This message is for {reader} only.\n"
    ),
)
SIXTH_HEADS = (
    (
        "Crown Prosecution Service\n{house}\n{town}\n{postcode}\n\nSwitchboard: {phone}\n\n"
        "{reader_full}\n{address}\n\n{date}\n\nURN {urn}\n\n"
    ),
    (
        "Private: to be opened by {reader_full} only\n\n{address}\n\n"
        "Dated {date}\nRe: {accused_full}\n\n"
    ),
    "R v {accused_family} and others\n{court}, {court_ref}\nPolice: {force}, {crime}\n\n",
    "From {writer} ({email})\nTo {reader_full} ({email})\n{date}, {time}\nOur case {urn}\n\n",
    (
        "Victim Liaison Unit, {area}\n\nYour letter of: {date}\nYour ref: {reference}\n\n"
        "{reader}\n{address}\n\n"
    ),
)
SIXTH_GREETINGS = (
    "Dear {reader},\n\n",
    "Dear {reader_full}:\n\n",
    "Hello again {reader_first},\n\n",
    "Dear {reader} and {stranger_full}\n\n",
    "Dear {reader_first} (and {first}),\n\n",
)
SIXTH_ENDS = (
    (
        "If I am away, ask for {stranger_full} or for the Duty Prosecutor."
        + GOODBYE
        + ",\n\n{writer}\nCrown Prosecutor\n{phone}\n"
    ),
    "I am sorry that this letter comes so late.\n\nYours,\n\n{writer}\n{area}, {town}\n",
    (
        "Support: Victim Support, 24 hours a day; Samaritans, at any hour."
        + GOODBYE
        + "\n\n\n{writer}\nVictim Liaison Officer\n{email}\n\nc.c. {officer}; {witness}\n"
    ),
    "With kindest regards from {writer_first} and all of us at the {town} office\n",
    "{writer}, for {stranger_full}, Chief Crown Prosecutor, {county}\nRef: {reference}\n",
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
# Kept as it was before it was measured first; the rule for capitals was mended by it since.
FOURTH = LetterSet("fourth_frames.txt", "fourth", FOURTH_HEADS, FOURTH_GREETINGS, FOURTH_ENDS)
# Whoever wrote it had not read the anonymiser's rules, and it was kept before it was measured.
# After that one look rules were mended by it.
FIFTH = LetterSet("fifth_frames.txt", "fifth", FIFTH_HEADS, FIFTH_GREETINGS, FIFTH_ENDS)
# Whoever wrote it had not read the anonymiser's rules. It was kept before it was measured, and no
# rule is mended by it.
SIXTH = LetterSet("sixth_frames.txt", "sixth", SIXTH_HEADS, SIXTH_GREETINGS, SIXTH_ENDS)


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
