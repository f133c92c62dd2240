"""Which marked letters go blind to a second marker, why, and to whom.

A letter goes to a second marker by lot; and always when a critical criterion passed while something
speaks against it. The lot falls whether or not a letter is in doubt, so that chance alone chose
those that it took. The lot of a letter is its key (the SHA-256 of seed and reference, in
hexadecimal) read as a number, over the greatest there can be: it goes when that fraction lies below
the share, which is greater while the first marker is new. So each letter's lot can be worked out by
itself, is the same every day, does not depend on the other letters, and cannot be foretold by who
does not know the seed, which is told only when the marks are done. A letter that two plans drew has
two markings and so two lots, and goes by lot once: two pairs of marks of one letter would count in
agreement as if they were of two.

The second marker is of another unit than the letter, the first marker and the drafter, did nothing
to the letter, and has not seen how it was marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forthright.rules.frame import draw_key
from forthright.rules.rubric import Level
from forthright.rules.second_mark_numbers import SecondMarkNumbers
from forthright.rules.separation import (
    EXPLAINED,
    PASSED,
    WAIVED,
    acts_of,
    reasons_against_second_marking,
    reasons_by_acts,
)
from forthright.rules.sharing_out import Given, Reasons, share_out
from forthright.rules.words import list_words

PASSES = {Level.FULLY, Level.PARTIALLY}
KEYS = 16**64
# How the reason of a letter that chance chose begins.
BY_LOT = "by lot, "
# Why a letter that was marked before goes out again, agreed marks or not.
MARKED_BEFORE = f"{BY_LOT}among letters marked before"
MARKS_ELSEWHERE = (
    "You mark it as another plan drew it, so its second marks must come from somebody else."
)
HAS_SEEN = "You have seen how it was marked, so you cannot mark it without knowing."


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLetter:
    """A letter that was marked once: who marked it, and who had to do with it before."""

    reference: str
    unit: str
    marker: str
    marker_unit: str
    drafter: str | None
    writers: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    overrulers: tuple[str, ...] = ()
    # Who looked at it before it went and passed it, or let it go without the look.
    passers: tuple[str, ...] = ()
    waivers: tuple[str, ...] = ()
    # Who wrote any version of the reasons that it tells.
    explainers: tuple[str, ...] = ()
    drafter_unit: str | None = None
    # Who has seen how it was marked.
    readers: tuple[str, ...] = ()
    # Who marks it, or is to, for the first time or again, as another plan drew it.
    marks_elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMark(MarkedLetter):
    """A letter that was marked once, with what decides whether it is marked again."""

    # How many of its kind, letters or disclosures, this marker had marked before this one.
    marked_before: int
    in_doubt: tuple[str, ...] = ()
    # What was marked: another marking of it, as another plan drew it, has the same.
    letter: str = ""
    # Whether another marking of it went by lot already.
    went_by_lot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondMarker:
    """Somebody who may mark, their unit, and how many second marks they have yet to give."""

    name: str
    unit: str
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    reference: str
    because: str


def passes_in_doubt(
    marks: Mapping[str, Level], critical: Sequence[str], found: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the critical criteria that passed although the checks found something by them."""
    return tuple(code for code in critical if marks.get(code) in PASSES and found.get(code))


def choose_second_marks(
    letters: Sequence[FirstMark], *, seed: int, numbers: SecondMarkNumbers
) -> tuple[Chosen, ...]:
    """Return which letters go to a second marker and why, in the order of their references."""
    chosen, went = [], {each.letter for each in letters if each.went_by_lot}
    for letter in sorted(letters, key=lambda each: each.reference):
        if because := _because(letter, seed, numbers, went=letter.letter in went):
            chosen.append(Chosen(reference=letter.reference, because=because))
            if letter.letter and is_by_chance(because):
                went.add(letter.letter)
    return tuple(chosen)


def lot_of(seed: int, reference: str) -> float:
    """Return the lot of a letter: from 0 to less than 1, the same for the same seed."""
    return int(draw_key(seed, reference), 16) / KEYS


def give_second_marks(
    letters: Sequence[MarkedLetter],
    people: Sequence[SecondMarker],
    *,
    seed: int,
    had_before: Mapping[tuple[str, str], int] | None = None,
) -> tuple[Given, ...]:
    """Return who marks each chosen letter again, the work shared evenly."""
    by_reference = {each.reference: each for each in letters}
    by_name = {each.name: each for each in people}
    return share_out(
        {each.reference: each.marker for each in letters},
        {each.name: each.waiting for each in people},
        seed=seed,
        against=lambda name, reference: reasons_against_giving(
            by_name[name], by_reference[reference]
        ),
        had_before=had_before,
    )


def reasons_against_giving(person: SecondMarker, letter: MarkedLetter) -> Reasons:
    """Say why a person may not be given a letter to mark again; nothing said means they may."""
    acts = acts_of(
        person.name,
        drafter=letter.drafter,
        writers=letter.writers,
        approvers=letter.approvers,
        overrulers=letter.overrulers,
        others={EXPLAINED: letter.explainers, PASSED: letter.passers, WAIVED: letter.waivers},
    )
    reasons = reasons_by_acts(acts, others="mark it")
    reasons += reasons_against_second_marking(person.name, drafter=None, first_marker=letter.marker)
    if person.unit in {letter.unit, letter.marker_unit, letter.drafter_unit}:
        reasons += ("You are of the same unit, so the second mark must come from another.",)
    if person.name in letter.readers:
        reasons += (HAS_SEEN,)
    if person.name in letter.marks_elsewhere:
        reasons += (MARKS_ELSEWHERE,)
    return reasons


def is_by_chance(because: str) -> bool:
    """Say whether chance chose a letter, and not how its first marker marked it."""
    return because.startswith(BY_LOT)


def _because(letter: FirstMark, seed: int, numbers: SecondMarkNumbers, *, went: bool) -> str:
    """Say why a letter goes; the lot comes first, where no other marking of it went by lot.

    Were those in doubt left out of it, what chance chose would be the easier letters alone.
    """
    doubt = f"a critical pass is in doubt: {list_words(letter.in_doubt)}" if letter.in_doubt else ""
    is_new = letter.marked_before < numbers["new_marker_letters"]
    share = numbers["new_marker_percent" if is_new else "share_percent"]
    if went or lot_of(seed, letter.reference) * 100 >= share:
        return doubt
    lot = f"{BY_LOT}{share} in 100" + (" while the first marker is new" if is_new else "")
    return f"{lot}; besides, {doubt}" if doubt else lot
