"""Where members of a panel agree about a letter and where they do not, and when they meet next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Published response to the 2021 inspection of the West Midlands: a forum “bi-monthly”.
MONTHS_BETWEEN = 2
# Below so many letters drawn by lot no rate is told, only counts.
LEAST_FOR_A_RATE = 25
ANSWERED = {
    "YES": "yes", "NO": "no", "NOT_SURE": "cannot tell", "FULLY": "fully met",
    "PARTIALLY": "partially met", "NOT_MET": "not met", "NOT_APPLICABLE": "does not apply",
}  # fmt: skip
# Yes and no lie as far apart as met and not met. Who cannot tell, or says that it does not apply,
# gives no level and is apart from nobody.
WORTH = {"YES": 1.0, "NO": 0.0, "FULLY": 1.0, "PARTIALLY": 0.5, "NOT_MET": 0.0}


@dataclass(frozen=True, slots=True)
class Square:
    """What the members said of one letter to one question."""

    letter: int
    key: str
    counts: Mapping[str, int]

    @property
    def members(self) -> int:
        """Return how many answered."""
        return sum(self.counts.values())

    @property
    def telling(self) -> int:
        """Return how many gave an answer that lies nearer to one than to another."""
        return sum(number for key, number in self.counts.items() if key in WORTH)

    @property
    def apart(self) -> float:
        """Return how far they are apart, from 0 to 1: the mean distance of pairs of members.

        Yes and no, or fully met and not met, are 1 apart; partially met lies half way.
        """
        if self.telling < 2:
            return 0.0
        given = [(WORTH[key], number) for key, number in self.counts.items() if key in WORTH]
        distance = sum(
            abs(first - second) * number * other
            for place, (first, number) in enumerate(given)
            for second, other in given[place + 1 :]
        )
        return 2 * distance / (self.telling * (self.telling - 1))

    @property
    def said(self) -> str:
        """Say what was answered: "2 yes, 1 no"."""
        order = sorted(self.counts.items(), key=lambda each: (-each[1], each[0]))
        return ", ".join(f"{number} {ANSWERED.get(key, key)}" for key, number in order)

    @property
    def look(self) -> str:
        """Return how a square stands out."""
        return "divided" if self.words == "divided" else "alike"

    @property
    def words(self) -> str:
        """Say whether they agree."""
        if self.members < 2:
            return "one answer" if self.members else "no answer"
        if len(self.counts) > 1 and self.telling < 2:
            return "one could tell" if self.telling else "nobody could tell"
        if not self.apart:
            return "all agree" if len(self.counts) == 1 else "all who could tell agree"
        return "divided" if self.apart >= 0.5 else "most agree"


def squares_of(
    answers: Sequence[tuple[int, Mapping[str, str]]], letters: Sequence[int], keys: Sequence[str]
) -> dict[tuple[int, str], Square]:
    """Return for each letter and question what was said, from each member's answers."""
    counted: dict[tuple[int, str], Counter[str]] = {}
    for letter, said in answers:
        for key, answer in said.items():
            counted.setdefault((letter, key), Counter())[answer] += 1
    return {
        (letter, key): Square(letter, key, dict(counted.get((letter, key), {})))
        for letter in letters
        for key in keys
    }


def furthest_apart(squares: Mapping[tuple[int, str], Square]) -> list[Square]:
    """Return where members are apart at all, the furthest first; of those alike the most members.

    So the first of them are what is worth talking about first.
    """
    divided = [each for each in squares.values() if each.apart]
    return sorted(divided, key=lambda each: (-each.apart, -each.telling, each.letter, each.key))


def next_meeting_on(last: date) -> date:
    """Return the day of the next meeting: two months on, on the same day of the week."""
    month = last.month - 1 + MONTHS_BETWEEN
    year, month = last.year + month // 12, month % 12 + 1
    start = date(year, month, min(last.day, 28))
    return start + timedelta(days=(last.weekday() - start.weekday()) % 7)
