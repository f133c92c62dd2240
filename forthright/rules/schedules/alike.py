"""Says whether an item of an open schedule tells what stands on the schedule of sensitive material.

The police move an item from the one to the other, often with a few words changed and seldom with
its number; then the words on the old version tell what the new one keeps back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from forthright.rules.schedules.bundle import plain

# Descriptions this alike, of 100, are of one thing. With the same number less is enough; and less
# again where the open item has left its schedule, so that it is likely the one that was moved.
SAME_THING, SAME_NUMBER, SAME_NUMBER_AND_GONE = 90, 80, 60
# Less is enough for what is queried: in doubt it was listed again, until somebody decides.
MAY_BE_AGAIN = 85
# So many words that stand whole in another description are no accident.
TELLING_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An item as it is compared: its number, its words, and whether its schedule stands."""

    number: int | None
    words: str
    stands: bool = True
    # The words as they are compared, worked out once for all that it is compared with.
    said: str = field(init=False)

    def __post_init__(self) -> None:
        """Keep the words without what makes no difference."""
        object.__setattr__(self, "said", " ".join(plain(self.words).split()))


def tells_the_same(item: Described, secret: Described) -> bool:
    """Say whether the words of an item tell what a sensitive one is; in doubt they do."""
    said, kept = item.said, secret.said
    if not said or not kept:
        return False
    if said == kept or fuzz.token_sort_ratio(said, kept, score_cutoff=SAME_THING):
        return True
    has_its_number = item.number is not None and item.number == secret.number
    # A score below what would be enough is 0: most pairs are given up early.
    least = SAME_THING
    if has_its_number:
        least = SAME_NUMBER if item.stands else SAME_NUMBER_AND_GONE
    alike = fuzz.token_set_ratio(said, kept, score_cutoff=least)
    if not alike or has_its_number:
        return bool(alike)
    return min(len(set(said.split())), len(set(kept.split()))) >= TELLING_WORDS


def may_be_again(item: Described, queried: Described, *, by_number: bool) -> bool:
    """Say whether an item may be a queried one that the police list again, in whichever words.

    :param by_number: whether its number alone is enough, as in a version of the same schedule
    """
    if by_number and item.number is not None and item.number == queried.number:
        return True
    said, kept = item.said, queried.said
    if not said or not kept:
        return False
    if fuzz.token_sort_ratio(said, kept, score_cutoff=MAY_BE_AGAIN):
        return True
    least = min(len(set(said.split())), len(set(kept.split())))
    return least >= TELLING_WORDS and bool(
        fuzz.token_set_ratio(said, kept, score_cutoff=MAY_BE_AGAIN)
    )


def secret_told(item: Described, secrets: Iterable[Described]) -> Described | None:
    """Return the sensitive item that an open one tells of, if any."""
    return next((each for each in secrets if tells_the_same(item, each)), None)
