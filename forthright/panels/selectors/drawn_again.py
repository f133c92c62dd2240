"""Whether the letters of a meeting come out the same when they are drawn again."""

from collections.abc import Sequence
from dataclasses import dataclass

from forthright.audit.models import Event
from forthright.panels.models import Meeting, PackLetter
from forthright.panels.selectors.drawing import plan_of
from forthright.rules.drawing_again import reproduce
from forthright.rules.frame import FrameHasProblems, FrameRow, frame_digest
from forthright.rules.sampling import DrawResult, Part, Pick
from forthright.samples.selectors.frames import reference_of, rows_kept

DRAWN = "panel.drawn"


@dataclass(frozen=True, slots=True)
class DrawnAgain:
    """How many letters were drawn, and what differs when they are drawn again."""

    letters: int
    differences: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs."""
        return not self.differences


def drawn_again(meeting: Meeting) -> DrawnAgain:
    """Draw a meeting's letters again from its frozen list and say whatever differs.

    They are held against what is kept and against the chained record, so that a change of both
    the list and its digest is found too.
    """
    letters = list(meeting.letters.order_by("position"))
    try:
        rows = rows_kept(meeting.rows)
        again = reproduce(rows, plan_of(meeting), expected=_as_kept(meeting, letters))
        differences = [*again.differences, *_against_record(meeting, letters, rows)]
    except FrameHasProblems as fault:
        differences = [f"The list was changed after it was frozen. {fault}"]
    return DrawnAgain(len(letters), tuple(differences))


def _as_kept(meeting: Meeting, letters: Sequence[PackLetter]) -> DrawResult:
    """Return the draw as it is kept.

    :raises FrameHasProblems: if its seed or a part of it cannot be read
    """
    if not meeting.seed.isdecimal():
        raise FrameHasProblems("The seed is not a whole number.")
    try:
        picks = [
            Pick(
                reference=reference_of(each.duty_id), part=Part(each.part),
                position=each.position, stratum=each.stratum, because=each.because,
            )
            for each in letters
        ]  # fmt: skip
    except ValueError as fault:
        raise FrameHasProblems("How a letter was drawn cannot be read.") from fault
    return DrawResult(
        seed=int(meeting.seed),
        frame_digest=meeting.digest,
        random=tuple(each for each in picks if each.part is Part.RANDOM),
        targeted=tuple(each for each in picks if each.part is Part.TARGETED),
        exclusions=(),
        strata=(),
        order=(),
    )


def _against_record(
    meeting: Meeting, letters: Sequence[PackLetter], rows: Sequence[FrameRow]
) -> list[str]:
    recorded = Event.objects.filter(
        name=DRAWN, subject_kind=meeting._meta.label, subject_id=str(meeting.pk)
    ).first()
    if recorded is None:
        return ["The record of what was done says nothing of this draw."]
    said = recorded.detail
    differences = []
    if said.get("digest") != frame_digest(rows):
        differences.append("The list is not the one that the record says was frozen.")
    if said.get("seed") != meeting.seed:
        differences.append("The seed is not the one that the record says was used.")
    if said.get("letters") != [each.duty_id for each in letters]:
        differences.append("The letters are not those that the record says were drawn.")
    return differences
