"""The facts of one made-up letter, each written in the ways that letters write it."""

import random
import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from forthright.rules.words import MONTHS
from training.marked import Marked, Piece
from training.numbers import LETTERS, NUMBERS, digits_for
from training.people import People
from training.pools import Pools, capitals

SLOT = re.compile(r"\{(\w+)\}")
OUTWARD = [
    "B",
    "CV",
    "DY",
    "WV",
    "WS",
    "WR",
    "HR",
    "SY",
    "ST",
    "LE",
    "NG",
    "DE",
    "S",
    "DN",
    "LS",
    "BD",
    "HD",
    "HX",
    "WF",
    "YO",
    "HU",
    "TS",
    "DL",
    "DH",
    "SR",
    "NE",
    "CA",
    "LA",
]


class Facts(People):
    """What one letter is about; a slot `{name}` of a sentence is the method of that name."""

    def __init__(self, chance: random.Random, pools: Pools, *, noise: float = 0.04) -> None:
        super().__init__(chance, pools, noise)
        self.day = date(2021, 1, 4) + timedelta(days=chance.randrange(2500))

    def fill(self, sentence: str, into: Marked) -> None:
        """Write a sentence, each slot filled with a fact."""
        told = 0
        for slot in SLOT.finditer(sentence):
            into.add([Piece(sentence[told : slot.start()])])
            name = slot[1]
            into.add(self.code(name) if name in NUMBERS else getattr(self, name)())
            told = slot.end()
        into.add([Piece(sentence[told:])])

    def one_of(self, kind: str) -> str:
        return capitals(self.chance.choice(self.pools.places[kind]))

    @cached_property
    def the_town(self) -> str:
        return self.one_of("towns")

    @cached_property
    def the_street(self) -> str:
        return self.one_of("streets")

    def town(self) -> list[Piece]:
        town = self.the_town if self.chance.random() < 0.6 else self.one_of("towns")
        return [Piece(self._noisy(town), "LOC")]

    def village(self) -> list[Piece]:
        return [Piece(self.one_of("villages"), "LOC")]

    def county(self) -> list[Piece]:
        return [Piece(self.one_of("counties"), "LOC")]

    def street(self) -> list[Piece]:
        street = self.the_street if self.chance.random() < 0.6 else self.one_of("streets")
        return [Piece(street, "LOC")]

    def house(self) -> list[Piece]:
        chance = self.chance
        number = f"{chance.randrange(1, 320)}{chance.choice(('', '', '', 'a', 'B'))}"
        if chance.random() < 0.2:
            number = f"{self.one_of('houses')}, {number}"
        return [Piece(f"{number} {self.one_of('streets')}", "LOC")]

    def postcode(self) -> list[Piece]:
        chance = self.chance
        code = (
            f"{chance.choice(OUTWARD)}{chance.randrange(1, 40)} {chance.randrange(1, 10)}"
            f"{chance.choice(LETTERS)}{chance.choice(LETTERS)}"
        )
        roll = chance.random()
        code = code.replace(" ", "") if roll < 0.15 else code
        return [Piece(code.lower() if roll > 0.95 else code, "LOC")]

    def address(self) -> list[Piece]:
        """Return an address on one line or on up to five, each line a place of its own."""
        chance = self.chance
        lines = [self.house()[0].text]
        if chance.random() < 0.25:
            lines.insert(0, self.one_of("houses"))
        if chance.random() < 0.4:
            lines.append(self.one_of("villages"))
        lines.append(self.the_town if chance.random() < 0.7 else self.the_town.upper())
        if chance.random() < 0.3:
            lines.append(self.one_of("counties"))
        if chance.random() < 0.92:
            lines.append(self.postcode()[0].text)
        between = chance.choice(("\n", "\n", "\n", ", ", ", ", ",\n", " "))
        pieces: list[Piece] = []
        for number, line in enumerate(lines):
            pieces += [Piece(between, "LOC", must=False)] if number else []
            pieces.append(Piece(line, "LOC"))
        return pieces

    def court(self) -> list[Piece]:
        court = self.chance.choice((" Magistrates’ Court", " Crown Court", " Magistrates Court",
                                    " Youth Court", " County Court",
                                    " Combined Court Centre"))  # fmt: skip
        return [Piece(self.one_of("towns"), "LOC"), Piece(court)]

    def force(self) -> list[Piece]:
        return [Piece(self.one_of("counties"), "LOC"),
                Piece(self.chance.choice((" Police", " Police", " Constabulary")))]  # fmt: skip

    def area(self) -> list[Piece]:
        return [Piece("CPS "), Piece(self.one_of("counties"), "LOC")]

    def school(self) -> list[Piece]:
        return [Piece(self.one_of("schools"), "ORG")]

    def pub(self) -> list[Piece]:
        return [Piece(self.one_of("pubs"), "ORG")]

    def firm(self) -> list[Piece]:
        name = self.one_of("firms")
        if self.chance.random() < 0.4:
            end = self.chance.choice(
                (" Ltd", " Limited", " & Co", " Services", " Stores", " Motors")
            )
            name = f"{self.person().family}{end}"
        return [Piece(name, "ORG")]

    def hospital(self) -> list[Piece]:
        return [Piece(self.one_of("hospitals"), "ORG")]

    def nation(self) -> list[Piece]:
        return [Piece(self.one_of("nations"), "DEM")]

    def job(self) -> list[Piece]:
        return [Piece(self.chance.choice(self.pools.places["jobs"]), unsure=True)]

    def _written(self, day: date) -> str:
        chance = self.chance
        month = MONTHS[day.month - 1]
        th = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
        return chance.choice((
            f"{day.day} {month} {day.year}", f"{day.day} {month} {day.year}",
            f"{day.day} {month} {day.year}", f"{day:%A} {day.day} {month} {day.year}",
            f"{day:%A}, {day.day} {month} {day.year}", f"{day.day}{th} {month} {day.year}",
            f"{day:%d/%m/%Y}", f"{day:%d/%m/%y}", f"{day:%d.%m.%y}",
            f"{day.day} {month[:3]} {day.year}",
            f"{day.day} {month}", f"{day.day}{th} {month}", f"{day:%A} {day.day} {month}",
            f"the {day.day}{th} of {month} {day.year}", f"{month} {day.day}, {day.year}",
            f"{day:%Y-%m-%d}", f"{day:%d-%m-%Y}", f"{day:%d %b %y}",
        ))  # fmt: skip

    def date(self) -> list[Piece]:
        day = self.day + timedelta(days=self.chance.randrange(-400, 200))
        written = self._written(day)
        if written.startswith("the "):
            return [Piece("the "), Piece(written[4:], "DATETIME")]
        return [Piece(written, "DATETIME")]

    def month(self) -> list[Piece]:
        return [Piece(f"{self.chance.choice(MONTHS)} {self.day.year}", "DATETIME")]

    def only_month(self) -> list[Piece]:
        return [Piece(self.chance.choice(MONTHS), "DATETIME")]

    def year(self) -> list[Piece]:
        return [Piece(str(self.day.year - self.chance.randrange(30)), "DATETIME")]

    def birth(self) -> list[Piece]:
        day = date(1940, 1, 1) + timedelta(days=self.chance.randrange(28000))
        return [Piece(self._written(day).removeprefix("the "), "DATETIME")]

    def weekday(self) -> list[Piece]:
        return [Piece(self.chance.choice(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]),
                      unsure=True)]  # fmt: skip

    def time(self) -> list[Piece]:
        hour, minute = self.chance.randrange(1, 12), self.chance.choice(("", ".30", ":15", ".45"))
        return [
            Piece(f"{hour}{minute}{self.chance.choice(('am', 'pm', ' pm', ' am'))}", unsure=True)
        ]

    def age(self) -> list[Piece]:
        return [Piece(str(self.chance.randrange(4, 92)), "DEM")]

    def money(self) -> list[Piece]:
        amount = self.chance.choice((50, 85, 120, 200, 250, 1_000, 2_500, 14_300))
        return [Piece(f"£{amount:,}", unsure=True)]

    def code(self, slot: str) -> list[Piece]:
        """Return a number of some kind."""
        shape = self.chance.choice(NUMBERS[slot])
        return [Piece(digits_for(shape, self.chance), "CODE")]

    def bank(self) -> list[Piece]:
        between = self.chance.choice((", account ", " ", " account number "))
        return [*self.code("sort_code"), Piece(between), *self.code("account")]

    def email(self) -> list[Piece]:
        chance, person = self.chance, self.person()
        name = re.sub(r"[^a-z]", "", person.given[0].lower()) or "a"
        family = re.sub(r"[^a-z]", "", person.family.lower()) or "b"
        user = chance.choice((f"{name}.{family}", f"{name[0]}{family}", f"{name}{family}",
                              f"{name}_{chance.randrange(99)}",
                              f"{family}{chance.randrange(99)}"))  # fmt: skip
        host = chance.choice(("example.com", "example.org", "mail.example", "cps.example",
                              "outlook.example", "police.example", "gmail.example"))  # fmt: skip
        return [Piece(f"{user}@{host}", "CODE")]

    def handle(self) -> list[Piece]:
        name = re.sub(r"[^a-z]", "", self.the_accused.given[0].lower()) or "dj"
        return [
            Piece(
                f"@{name}{self.chance.choice(('_', '', '.'))}{self.chance.randrange(2000)}", "CODE"
            )
        ]


def written(sentences: Iterable[str], facts: Facts) -> Marked:
    """Return sentences filled with the facts of one letter."""
    letter = Marked()
    for sentence in sentences:
        facts.fill(sentence, letter)
    return letter
