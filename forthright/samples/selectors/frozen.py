"""What is frozen of each draw, to be compared with the record of its making."""

from collections.abc import Iterator

from forthright.audit.comparing import Frozen, frozen_words
from forthright.rules.frame import FrameHasProblems, frame_digest
from forthright.samples.models import Draw, DrawnLetter
from forthright.samples.selectors import frames

DRAWN = "sample.drawn"
MEND = (
    "Do not use its marks in any figure. Compare its list with the copies that were handed out, "
    "and find out who had access to the database."
)


class NotAsDrawn(Exception):
    """A draw or its list is not what the record says was drawn; the message says what differs."""


def frozen_draws() -> tuple[str, Iterator[Frozen]]:
    """Return every draw with the list and the letters that it holds now."""
    draws = Draw.objects.select_related("frame", "plan").prefetch_related("letters")
    return DRAWN, (_frozen(draw) for draw in draws.order_by("pk").iterator(50))


def faults_of(draw: Draw) -> list[str]:
    """Say what of a draw, its list or its letters is not as the record says it was drawn."""
    return frozen_words(DRAWN, [_frozen(draw)], of=str(draw.pk))


def check_as_drawn(draw: Draw, refusal: str) -> None:
    """Refuse to use the list of a draw that is not all that the event of its making says of it.

    `refusal` says in a sentence what is not done.

    :raises NotAsDrawn: with what was changed
    """
    if faults := faults_of(draw):
        raise NotAsDrawn(" ".join([refusal, *faults]))


def _frozen(draw: Draw) -> Frozen:
    letters = [each for each in draw.letters.all() if each.first_part]
    random = [each for each in letters if each.first_part == DrawnLetter.Part.RANDOM]
    return Frozen(
        subject_id=str(draw.pk),
        words=f"Draw {draw.pk} ({draw.plan}, {draw.in_week.short_words})",
        detail=(
            ("frozen list", "digest", _digest_now(draw)),
            ("printed digest", "digest", draw.frame.digest),
            ("number of letters owed", "population", draw.frame.size),
            ("seed", "seed", draw.seed),
            ("seed", "seed_from", draw.seed_from),
            ("plan", "plan", draw.plan_id),
            ("week", "week", str(draw.in_week)),
            ("drawn letters", "letters", sorted(each.reference for each in letters)),
            ("letters drawn at random", "random", sorted(each.reference for each in random)),
        ),
        event=(
            ("time it was drawn", "at", draw.drawn_at),
            ("time its list was frozen", "at", draw.frame.frozen_at),
            ("drawer", "by_id", draw.drawn_by_id),
            ("Area", "area_id", draw.area_id),
        ),
        mend=MEND,
    )


def _digest_now(draw: Draw) -> str | None:
    """Return the digest of the list as it stands, or None where it can no longer be read."""
    try:
        return frame_digest(frames.rows_of(draw.frame))
    except FrameHasProblems:
        return None
