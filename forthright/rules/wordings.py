"""When a criterion of two editions of the standard is one: where its words are the same.

A new edition may ask another thing under an old code. Marks that were given by other words say
nothing of that, so nothing that is counted over several editions joins them: neither whether a
fault came again after its author was told of it, nor whether one fault stands in several letters.
What is asked are a criterion's title, question, what it applies to and what each level of it looks
like; its guidance and examples help to mark by it and may change.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One criterion of one edition, by its number, and all the words by which it is asked."""

    id: int
    edition: int
    code: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A criterion as it is worded in one edition, or in several alike."""

    code: str
    title: str
    # The number of the first edition that has it in these words.
    edition: int
    # Whether the code was first asked in these words, and never in others.
    is_first: bool = True
    is_only: bool = True

    @property
    def key(self) -> str:
        """Return what tells it from other wordings; it stays the same when others come."""
        return self.code if self.is_first else f"{self.code}-e{self.edition}"

    @property
    def name(self) -> str:
        """Name it: "B1", or "B1 as worded in edition 2" where an edition has other words."""
        return self.code if self.is_only else f"{self.code} as worded in edition {self.edition}"

    @property
    def label(self) -> str:
        """Return its code and title, and the edition where another has other words."""
        said = f"{self.code} {self.title}"
        return said if self.is_only else f"{said}, as worded in edition {self.edition}"


def wordings_among(criteria: Sequence[Asked]) -> dict[int, Wording]:
    """Return by its number how each criterion is worded, in the order of their editions."""
    first: dict[tuple[str, ...], Asked] = {}
    of_code: dict[str, list[Asked]] = defaultdict(list)
    for each in sorted(criteria, key=lambda each: (each.edition, each.id)):
        if (words := _words_of(each)) not in first:
            first[words] = each
            of_code[each.code].append(each)
    found = {}
    for each in criteria:
        begun = first[_words_of(each)]
        others = of_code[each.code]
        found[each.id] = Wording(
            code=each.code, title=each.title, edition=begun.edition, is_first=others[0] is begun,
            is_only=len(others) == 1,
        )  # fmt: skip
    return found


def _words_of(criterion: Asked) -> tuple[str, ...]:
    """Return what is asked, the same however its words are spaced."""
    said = (criterion.code, criterion.title, *criterion.words)
    return tuple(" ".join(each.split()) for each in said)
