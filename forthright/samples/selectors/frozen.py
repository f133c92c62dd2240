"""What is frozen of each draw, to be compared with the record of its making."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from forthright.audit.comparing import Frozen, content_digest, frozen_words
from forthright.audit.models import Event
from forthright.rules.frame import FrameHasProblems, frame_digest
from forthright.samples.models import Draw, DrawnLetter
from forthright.samples.selectors import frames
from forthright.samples.selectors.frozen_plans import frozen_plans

DRAWN = "sample.drawn"
GIVEN = "sample.letter_given"
REPLACED = "sample.letter_replaced"
NOT_RECORDED = "not recorded"
MEND = (
    "Do not use its marks in any figure. Compare its list with the copies that were handed out, "
    "and find out who had access to the database. To mend it, have it brought back from a backup."
)


class NotAsDrawn(Exception):
    """A draw or its list is not what the record says was drawn; the message says what differs."""


@dataclass(frozen=True, slots=True)
class Since:
    """What the record says was done to drawn letters since their draw, in the order it was done."""

    # By letter: who marked it before it was given to another, and to whom it was given.
    given: dict[str, list[tuple[int | None, int | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    # By draw and reference: each letter whose place it took, and in which part.
    taken: dict[tuple[int, str], list[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    # By letter that was replaced: the reference that came in.
    came: dict[str, str] = field(default_factory=dict)


def frozen_samples() -> list[tuple[str, Iterator[Frozen]]]:
    """Return every draw with its list and letters, each replacement, and every plan, as now."""
    draws = Draw.objects.select_related("frame", "plan", "plan_version").order_by("pk")
    since = _since()
    replaced = _replaced(DrawnLetter.objects.all())
    return [
        (DRAWN, (_frozen(draw, since) for draw in draws.prefetch_related("letters").iterator(50))),
        (REPLACED, (_frozen_replacement(each, since) for each in replaced.iterator(200))),
        *frozen_plans(),
    ]


def faults_of(draw: Draw) -> list[str]:
    """Say what of a draw, its list or its letters is not as the record says it was drawn."""
    letters = [str(each) for each in draw.letters.values_list("pk", flat=True)]
    since = _since(letters)
    replaced = [_frozen_replacement(each, since) for each in _replaced(draw.letters.all())]
    return [
        *frozen_words(DRAWN, [_frozen(draw, since)], of=[str(draw.pk)]),
        *frozen_words(REPLACED, replaced, of=letters),
    ]


def check_as_drawn(draw: Draw, refusal: str) -> None:
    """Refuse to use the list of a draw that is not all that the event of its making says of it.

    `refusal` says in a sentence what is not done.

    :raises NotAsDrawn: with what was changed
    """
    if faults := faults_of(draw):
        raise NotAsDrawn(" ".join([refusal, *faults]))


def recorded(draw: Draw) -> dict[str, Any]:
    """Return what the event of a draw says of it, as it stands at that moment."""
    return {name: now for _, name, now in (*_always(draw), *_later(draw, Since()))}


def content_of_taken(letter: DrawnLetter) -> str:
    """Return the digest of a letter that has just come into a draw in the place of another."""
    return content_digest([*_facts(letter, letter.part), letter.marker_id])


def came_in_place_of(letters: Iterable[DrawnLetter]) -> dict[int, DrawnLetter | None]:
    """Return by replaced letter what came in its place, also where that moved on since.

    One that came in for a letter looked for can be the next in order for one drawn at random; it
    then stands in that one's place, and only the record says whose it took first.
    """
    replaced = [each for each in letters if each.substituted_at is not None]
    since = _since(str(each.pk) for each in replaced)
    return {each.pk: _came_in(each, since) for each in replaced}


def _since(letters: Iterable[str] | None = None) -> Since:
    """Return what the record says was done since, to these letters or to all."""
    events = Event.objects.filter(name__in=[GIVEN, REPLACED]).order_by("sequence")
    if letters is not None:
        events = events.filter(subject_id__in=list(letters))
    since = Since()
    for event in events:
        said = event.detail
        if event.name == GIVEN:
            since.given[event.subject_id].append((said.get("before"), said.get("marker")))
        elif said.get("taken") is not None:
            since.came[event.subject_id] = said["taken"]
            since.taken[said["draw"], said["taken"]].append(
                (event.subject_id, said.get("part", ""))
            )
    return since


def _replaced(letters: Any) -> Any:
    return (
        letters.filter(substituted_at__isnull=False)
        .select_related("substitute", "draw__plan")
        .order_by("pk")
    )


def _frozen(draw: Draw, since: Since) -> Frozen:
    return Frozen(
        subject_id=str(draw.pk),
        words=f"Draw {draw.pk} ({draw.plan}, {draw.in_week.short_words})",
        detail=_always(draw),
        later=_later(draw, since),
        event=(
            ("time it was drawn", "at", draw.drawn_at),
            ("time its list was frozen", "at", draw.frame.frozen_at),
            ("drawer", "by_id", draw.drawn_by_id),
            ("Area", "area_id", draw.area_id),
            ("Area of its list", "area_id", draw.frame.area_id),
        ),
        mend=MEND,
    )


def _always(draw: Draw) -> tuple[tuple[str, str, Any], ...]:
    letters = [each for each in draw.letters.all() if each.first_part]
    random = [each for each in letters if each.first_part == DrawnLetter.Part.RANDOM]
    return (
        ("frozen list", "digest", _digest_now(draw)),
        ("printed digest", "digest", draw.frame.digest),
        ("number of letters owed", "population", draw.frame.size),
        ("seed", "seed", draw.seed),
        ("seed", "seed_from", str(draw.seed_from)),
        ("plan", "plan", draw.plan_id),
        ("plan", "plan", draw.frame.plan_id),
        ("plan", "plan", draw.plan_version.plan_id),
        ("version of the plan", "version", draw.plan_version.number),
        ("week", "week", str(draw.in_week)),
        ("drawn letters", "letters", sorted(each.reference for each in letters)),
        ("letters drawn at random", "random", sorted(each.reference for each in random)),
    )


def _later(draw: Draw, since: Since) -> tuple[tuple[str, str, Any], ...]:
    """Return what events of a draw did not say from the first."""
    letters = [each for each in draw.letters.all() if each.first_part]
    facts = sorted(_facts(each, _first_part(each, since)) for each in letters)
    markers = {each.reference: _first_marker(each, since) for each in letters}
    return (
        ("method", "method", draw.method),
        ("unit", "unit", draw.unit_id),
        ("unit", "unit", draw.frame.unit_id),
        ("day its week begins", "monday", draw.week.isoformat()),
        ("day its week begins", "monday", draw.frame.week.isoformat()),
        ("words for what it was drawn from", "drawn_from", draw.frame.population),
        ("letters left out", "left_out", content_digest(draw.exclusions)),
        ("weeks since each drafter was sampled", "waits", content_digest(draw.frame.waits)),
        ("facts of its drawn letters", "facts", content_digest(facts)),
        ("markers of its drawn letters", "markers", content_digest(markers)),
    )


def _facts(letter: DrawnLetter, part: str) -> list[Any]:
    """Return what was settled of a letter when it came into the sample."""
    return [letter.reference, letter.area_id, letter.unit_id, str(part), letter.stratum,
            letter.position, letter.because, letter.was_sent]  # fmt: skip


def _first_part(letter: DrawnLetter, since: Since) -> str:
    """Return the part a letter came in with, if the record explains the one it has now."""
    moved = [part for _, part in since.taken.get((letter.draw_id, letter.reference), [])]
    parts = [letter.first_part, *moved] if letter.first_part else moved
    return parts[0] if parts and parts[-1] == letter.part else NOT_RECORDED


def _first_marker(letter: DrawnLetter, since: Since) -> int | str | None:
    """Return the marker a letter came in with, if the record explains the one it has now."""
    given = since.given.get(str(letter.pk), [])
    if not given:
        return letter.marker_id
    return given[0][0] if given[-1][1] == letter.marker_id else NOT_RECORDED


def _frozen_replacement(letter: DrawnLetter, since: Since) -> Frozen:
    taken = _came_in(letter, since)
    return Frozen(
        subject_id=str(letter.pk),
        words=f"The replacing of {letter.reference} in draw {letter.draw_id} ({letter.draw.plan})",
        detail=(
            ("draw", "draw", letter.draw_id),
            ("letter that was replaced", "letter", letter.reference),
            ("letter that came in", "taken", taken.reference if taken else None),
        ),
        later=(
            ("part", "part", letter.part),
            ("facts of the letter that came in", "content", _content_now(letter, taken, since)),
        ),
        event=(
            ("time", "at", letter.substituted_at),
            ("maker", "by_id", letter.substituted_by_id),
        ),
        mend=MEND,
    )


def _came_in(letter: DrawnLetter, since: Since) -> DrawnLetter | None:
    """Return what came in a letter's place, also where that took another's place afterwards."""
    reference = since.came.get(str(letter.pk), "")
    takers = since.taken.get((letter.draw_id, reference), [])
    if takers and takers[-1][0] != str(letter.pk) and not hasattr(letter, "substitute"):
        of_draw = DrawnLetter.objects.filter(draw=letter.draw_id)
        return (
            of_draw.select_related("duty__case", "disclosure__case")
            .filter(**frames.owed_as(reference))
            .first()
        )
    return getattr(letter, "substitute", None)


def _content_now(letter: DrawnLetter, taken: DrawnLetter | None, since: Since) -> str:
    """Return the digest of what came in a letter's place, as it came in; blank if it was there."""
    if taken is None or taken.first_part:
        return ""
    takers = since.taken.get((letter.draw_id, taken.reference), [])
    if takers and takers[0][0] != str(letter.pk):
        return ""
    return content_digest([*_facts(taken, _first_part(taken, since)), _first_marker(taken, since)])


def _digest_now(draw: Draw) -> str | None:
    """Return the digest of the list as it stands, or None where it can no longer be read."""
    try:
        return frame_digest(frames.rows_of(draw.frame))
    except FrameHasProblems:
        return None
