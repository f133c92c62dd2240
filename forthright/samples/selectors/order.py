"""The order of a draw, read again from its frozen frame: who comes next, and is it the same."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from forthright.rules import sampling
from forthright.rules.drawing_again import reproduce
from forthright.rules.frame import FrameHasProblems, FrameRow, frame_digest
from forthright.rules.sampling import DrawResult, NothingLeftToDraw, Part, Pick
from forthright.samples.models import Draw, DrawnLetter
from forthright.samples.selectors import frames, plans
from forthright.samples.selectors.frozen import came_in_place_of


@dataclass(slots=True)
class Used:
    """The references that a draw has used so far, and those in its random part."""

    random: set[str] = field(default_factory=set)
    drawn: set[str] = field(default_factory=set)
    set_aside: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a draw comes out the same when it is made again, and what differs."""

    draw: Draw
    letters: int
    substitutions: int
    differences: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs."""
        return not self.differences


def used_by(draw: Draw) -> Used:
    """Return what a draw has used up to now."""
    used = Used()
    for letter in draw.letters.all():
        reference = letter.reference
        used.drawn.add(reference)
        if letter.part == DrawnLetter.Part.RANDOM:
            used.random.add(reference)
        if letter.state == DrawnLetter.State.SUBSTITUTED:
            used.set_aside.add(reference)
    return used


def next_in_place_of(
    letter: DrawnLetter, rows: Sequence[FrameRow], draw: Draw, used: Used
) -> FrameRow | None:
    """Return the row that takes a letter's place by the published order, or None if none can."""
    replaced = letter.reference
    version, seed = draw.plan_version, int(draw.seed)
    try:
        if letter.part == DrawnLetter.Part.RANDOM:
            return sampling.substitute(
                rows,
                plans.rule_plan(version),
                seed=seed,
                replaced=replaced,
                already_random=used.random | used.set_aside,
            )
        return _next_targeted(letter, rows, draw, used.drawn)
    except NothingLeftToDraw:
        return None


def _next_targeted(
    letter: DrawnLetter, rows: Sequence[FrameRow], draw: Draw, drawn: Collection[str]
) -> FrameRow:
    replaced = letter.reference
    own = next((row for row in rows if row.reference == replaced), None)
    if own is None:
        raise NothingLeftToDraw(f"{replaced} is not in the frame, so nothing can take its place.")
    first = _first_of(letter)

    def fits(row: FrameRow) -> bool:
        if letter.part == DrawnLetter.Part.COVER:
            return row.drafter == own.drafter
        if first.because == sampling.BECAUSE_OVERRULED:
            return sampling.is_overruled(row)
        return any(
            first.because == f"targeted: {target.name}" and target.takes(row)
            for target in plans.rule_plan(draw.plan_version).targets
        )

    return sampling.substitute_targeted(
        rows, seed=int(draw.seed), replaced=replaced, fits=fits, already_drawn=drawn
    )


def _first_of(letter: DrawnLetter) -> DrawnLetter:
    """Return the letter that was first drawn for a place, before any took the place of another."""
    while letter.substitute_for is not None:
        letter = letter.substitute_for
    return letter


def verification_of(draw: Draw, recorded: dict[str, object] | None) -> Verification:
    """Make a draw again from its frozen frame and say whatever differs from what is kept.

    `recorded` is what the chained record says of the draw, so that a change of both the frame
    and its digest is found too.
    """
    letters = list(draw.letters.select_related("substitute_for", "substitute"))
    try:
        differences = _all_that_differs(draw, letters, recorded)
    except FrameHasProblems as fault:
        differences = [f"The frame was changed after it was frozen. {fault}"]
    replaced = sum(1 for letter in letters if letter.substituted_at is not None)
    first = sum(1 for letter in letters if letter.first_part)
    return Verification(draw, first, replaced, tuple(differences))


def _all_that_differs(
    draw: Draw, letters: Sequence[DrawnLetter], recorded: dict[str, object] | None
) -> list[str]:
    """Say what differs from what is kept and from the record.

    :raises FrameHasProblems: if the frame was changed so that nothing can be drawn from it
    """
    rows = frames.rows_of(draw.frame)
    _check_can_be_read(draw)
    again = reproduce(
        rows,
        plans.rule_plan(draw.plan_version),
        expected=_as_kept(draw, letters),
        weeks_since_sampled=draw.frame.waits,
    )
    differences = [*again.differences, *_against_record(draw, letters, rows, recorded)]
    if frame_digest(rows) == draw.frame.digest:
        # In another frame the letters that were replaced may not stand at all.
        differences += _substitutions_that_differ(draw, letters, rows)
    return differences


def _check_can_be_read(draw: Draw) -> None:
    """Refuse what stands beside the list where somebody changed it past reading.

    :raises FrameHasProblems: with what cannot be read
    """
    if not draw.seed.isdecimal():
        raise FrameHasProblems("The seed is not a whole number.")
    waits = draw.frame.waits
    if not isinstance(waits, dict) or not all(type(each) is int for each in waits.values()):
        raise FrameHasProblems("When each drafter was last sampled cannot be read.")
    try:
        plans.rule_plan(draw.plan_version)
    except (TypeError, ValueError) as fault:
        raise FrameHasProblems("The version of the plan it was drawn by cannot be read.") from fault


def _as_kept(draw: Draw, letters: Sequence[DrawnLetter]) -> DrawResult:
    def picks(*parts: str) -> tuple[Pick, ...]:
        return tuple(
            Pick(
                reference=letter.reference,
                part=Part(letter.first_part),
                position=letter.position,
                stratum=letter.stratum,
                because=letter.because,
            )
            for letter in letters
            if letter.first_part in parts
        )

    return DrawResult(
        seed=int(draw.seed),
        frame_digest=draw.frame.digest,
        random=picks(DrawnLetter.Part.RANDOM),
        targeted=picks(DrawnLetter.Part.TARGETED, DrawnLetter.Part.COVER),
        exclusions=(),
        strata=(),
        order=(),
    )


def _against_record(
    draw: Draw,
    letters: Sequence[DrawnLetter],
    rows: Sequence[FrameRow],
    recorded: dict[str, object] | None,
) -> list[str]:
    if recorded is None:
        return ["The record of what was done says nothing of this draw."]
    differences = []
    if recorded.get("digest") != frame_digest(rows):
        differences.append("The frame is not the one that the record says was frozen.")
    if recorded.get("seed") != draw.seed:
        differences.append("The seed is not the one that the record says was used.")
    kept = sorted(each.reference for each in letters if each.first_part)
    if recorded.get("letters") != kept:
        differences.append("The letters are not those that the record says were drawn.")
    return differences


def _substitutions_that_differ(
    draw: Draw, letters: Sequence[DrawnLetter], rows: Sequence[FrameRow]
) -> list[str]:
    """Go through the substitutions in order and see that each took the next letter."""
    used = Used()
    for letter in letters:
        if letter.first_part:
            reference = letter.reference
            used.drawn.add(reference)
            if letter.first_part == DrawnLetter.Part.RANDOM:
                used.random.add(reference)
    differences = []
    replaced = [letter for letter in letters if letter.substituted_at is not None]
    came_in = came_in_place_of(replaced)
    for letter in sorted(replaced, key=lambda each: (each.substituted_at, each.pk)):
        wanted = next_in_place_of(letter, rows, draw, used)
        taken = came_in[letter.pk]
        took = taken.reference if taken else None
        if took != (wanted.reference if wanted else None):
            differences.append(
                f"In place of {letter.reference} the order gives "
                f"{wanted.reference if wanted else 'no letter'}, but {took or 'none'} was taken."
            )
        used.set_aside.add(letter.reference)
        if took:
            used.drawn.add(took)
            if letter.part == DrawnLetter.Part.RANDOM:
                used.random.add(took)
    return differences
