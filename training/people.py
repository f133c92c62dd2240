"""The people of one made-up letter, and how letters name them."""

import random
from dataclasses import dataclass
from functools import cached_property

from training.marked import Piece
from training.pools import Pools, capitals, made_up_name

RANKS = ("PC", "DC", "PS", "DS", "DI", "Sgt", "PCSO", "Police Constable", "Detective Constable",
         "Officer", "T/DC", "WPC", "Inspector")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of a letter."""

    title: str
    given: tuple[str, ...]
    family: str

    def full(self) -> str:
        return f"{self.given[0]} {self.family}"


class People:
    """Who is in a letter; each stays the same all through it."""

    def __init__(self, chance: random.Random, pools: Pools, noise: float) -> None:
        self.chance = chance
        self.pools = pools
        self.noise = noise

    def person(self) -> Named:
        chance = self.chance
        is_woman = chance.random() < 0.5
        given = self.pools.female if is_woman else self.pools.male
        names = [capitals(chance.choice(given))]
        if chance.random() < 0.2:
            names.append(capitals(chance.choice(given)))
        family = chance.choice(self.pools.family)
        roll = chance.random()
        if roll < 0.1:
            family = f"{family}-{chance.choice(self.pools.family)}"
        elif roll < 0.2:
            family = made_up_name(chance)
            names[0] = capitals(made_up_name(chance))
        titles = ("Ms", "Mrs", "Miss", "Dr") if is_woman else ("Mr", "Mr", "Mr", "Dr", "Rev")
        family = capitals(family)
        if chance.random() < 0.4:
            family = family.replace("'", "’")
        return Named(chance.choice(titles), tuple(names), family)

    # The people of a letter stay the same all through it.
    @cached_property
    def the_reader(self) -> Named:
        return self.person()

    @cached_property
    def the_accused(self) -> Named:
        return self.person()

    @cached_property
    def the_second(self) -> Named:
        return self.person()

    @cached_property
    def the_witness(self) -> Named:
        return self.person()

    @cached_property
    def the_child(self) -> Named:
        return self.person()

    @cached_property
    def the_officer(self) -> Named:
        return self.person()

    @cached_property
    def the_writer(self) -> Named:
        return self.person()

    def _noisy(self, name: str) -> str:
        """Return a name, now and then misspelt, in capitals or without them."""
        chance = self.chance
        roll = chance.random()
        if roll < self.noise and len(name) > 4:
            place = chance.randrange(1, len(name) - 1)
            return chance.choice((
                name[:place] + name[place + 1 :],
                name[:place] + name[place] + name[place:],
                name[:place] + name[place + 1] + name[place] + name[place + 2 :],
                name[:place] + chance.choice("aeiourstln") + name[place + 1 :],
            ))  # fmt: skip
        if roll < self.noise * 1.6:
            return name.upper()
        return name.lower() if roll < self.noise * 1.9 else name

    def _formal(self, person: Named) -> list[Piece]:
        """Return “Ms Osei”, “Ms A Osei”, “Ms Amira Osei”."""
        roll = self.chance.random()
        first = ""
        if roll < 0.08:
            first = f"{person.given[0][0]} "
        elif roll < 0.12:
            first = f"{person.given[0][0]}. "
        elif roll < 0.25:
            first = f"{person.given[0]} "
        dot = "." if self.chance.random() < 0.08 else ""
        return [
            Piece(f"{person.title}{dot} ", "PERSON", must=False),
            Piece(self._noisy(f"{first}{person.family}"), "PERSON"),
        ]

    def _full(self, person: Named) -> list[Piece]:
        """Return the whole name in one of its forms."""
        given, family = person.given, person.family
        initials = "".join(f"{each[0]}." for each in given)
        roll = self.chance.random()
        written = f"{given[0]} {family}"
        if roll < 0.15:
            written = f"{' '.join(given)} {family}"
        elif roll < 0.22:
            written = f"{initials} {family}"
        elif roll < 0.27:
            written = f"{family.upper()}, {given[0]}"
        elif roll < 0.34:
            written = f"{given[0]} {family.upper()}"
        elif roll < 0.38:
            written = f"{given[0][0]} {family}"
        if written.split(" ")[0] and self.chance.random() < 0.1:
            written = written.replace(" ", "\u00a0", 1)
        return [Piece(self._noisy(written), "PERSON")]

    def _any(self, person: Named) -> list[Piece]:
        roll = self.chance.random()
        if roll < 0.55:
            return self._formal(person)
        if roll < 0.85:
            return self._full(person)
        name = person.given[0] if roll < 0.95 else person.family
        return [Piece(self._noisy(name), "PERSON")]

    def reader(self) -> list[Piece]:
        return self._formal(self.the_reader)

    def reader_full(self) -> list[Piece]:
        return self._full(self.the_reader)

    def reader_first(self) -> list[Piece]:
        return [Piece(self._noisy(self.the_reader.given[0]), "PERSON")]

    def accused(self) -> list[Piece]:
        return self._any(self.the_accused)

    def accused_full(self) -> list[Piece]:
        return self._full(self.the_accused)

    def accused_formal(self) -> list[Piece]:
        return self._formal(self.the_accused)

    def accused_family(self) -> list[Piece]:
        return [Piece(self._noisy(self.the_accused.family), "PERSON")]

    def accused_first(self) -> list[Piece]:
        return [Piece(self._noisy(self.the_accused.given[0]), "PERSON")]

    def second(self) -> list[Piece]:
        return self._any(self.the_second)

    def witness(self) -> list[Piece]:
        return self._any(self.the_witness)

    def child(self) -> list[Piece]:
        return [Piece(self._noisy(self.the_child.given[0]), "PERSON")]

    def child_full(self) -> list[Piece]:
        return self._full(self.the_child)

    def stranger(self) -> list[Piece]:
        return self._any(self.person())

    def stranger_formal(self) -> list[Piece]:
        return self._formal(self.person())

    def stranger_full(self) -> list[Piece]:
        return self._full(self.person())

    def first(self) -> list[Piece]:
        return [Piece(self._noisy(self.person().given[0]), "PERSON")]

    def nickname(self) -> list[Piece]:
        name = self.the_accused.given[0]
        short = (name[:3] + self.chance.choice(("zy", "zza", "o", "y", "z")))[:8]
        return [Piece(short.capitalize(), "PERSON")]

    def officer(self) -> list[Piece]:
        chance, person = self.chance, self.the_officer
        number = str(chance.randrange(100, 99999))
        rank = Piece(f"{chance.choice(RANKS)} ", "PERSON", must=False)
        forms = (
            [rank, Piece(f"{number} {person.family}", "PERSON")],
            [rank, Piece(person.family, "PERSON")],
            [rank, Piece(person.full(), "PERSON")],
            [rank, Piece(person.family, "PERSON"), Piece(" ("), Piece(number, "CODE"), Piece(")")],
            [rank, Piece(f"{person.given[0][0]} {person.family}", "PERSON"),
             Piece(", collar number "), Piece(number, "CODE")],
            [rank, Piece(number, "CODE")],
        )  # fmt: skip
        return list(chance.choice(forms))

    def writer(self) -> list[Piece]:
        return [Piece(self.the_writer.full(), "PERSON")]

    def writer_first(self) -> list[Piece]:
        return [Piece(self.the_writer.given[0], "PERSON")]

    def judge(self) -> list[Piece]:
        name = self.person().family
        chance = self.chance
        before, after = chance.choice((
            ("His Honour Judge ", ""), ("Her Honour Judge ", ""), ("District Judge ", ""),
            ("Recorder ", ""), ("HHJ ", ""), ("Mr Justice ", ""), ("DJ ", ""), ("Judge ", " KC"),
        ))  # fmt: skip
        return [Piece(before, must=False, unsure=True), Piece(name, "PERSON"), Piece(after)]
