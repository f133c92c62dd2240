"""Draws a sample again from its frozen frame and says what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forthright.rules.frame import FrameRow
from forthright.rules.sampling import DrawResult, SamplePlan, draw
from forthright.rules.words import count_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduction:
    is_same: bool
    differences: tuple[str, ...]


def reproduce(
    rows: Sequence[FrameRow],
    plan: SamplePlan,
    *,
    expected: DrawResult,
    weeks_since_sampled: Mapping[str, int] | None = None,
) -> Reproduction:
    """Draw again from the frozen frame and say in words whatever differs."""
    again = draw(rows, plan, seed=expected.seed, weeks_since_sampled=weeks_since_sampled)
    differences = []
    if again.frame_digest != expected.frame_digest:
        differences.append("The frame is not the one that was frozen: its digest differs.")
    for name, before, now in (
        ("random", expected.random, again.random),
        ("targeted", expected.targeted, again.targeted),
    ):
        gone = {pick.reference for pick in before} - {pick.reference for pick in now}
        new = {pick.reference for pick in now} - {pick.reference for pick in before}
        if gone or new:
            differences.append(
                f"The {name} part differs: {count_words(len(gone), 'letter')} recorded but not "
                f"drawn again, {count_words(len(new), 'letter')} drawn again but not recorded."
            )
    return Reproduction(is_same=not differences, differences=tuple(differences))
