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
    def apart(self) -> float:
        """Return how far they are apart: the share of pairs of members who said otherwise."""
        pairs = self.members * (self.members - 1)
        if not pairs:
            return 0.0
        alike = sum(number * (number - 1) for number in self.counts.values())
        return 1 - alike / pairs

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
        if not self.apart:
            return "all agree"
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


def most_apart(squares: Mapping[tuple[int, str], Square], *, most: int = 5) -> list[Square]:
    """Return what is worth talking about first: where the members are furthest apart."""
    divided = [each for each in squares.values() if each.apart]
    return sorted(divided, key=lambda each: (-each.apart, each.letter, each.key))[:most]


def next_meeting_on(last: date) -> date:
    """Return the day of the next meeting: two months on, on the same day of the week."""
    month = last.month - 1 + MONTHS_BETWEEN
    year, month = last.year + month // 12, month % 12 + 1
    start = date(year, month, min(last.day, 28))
    return start + timedelta(days=(last.weekday() - start.weekday()) % 7)
