"""What may happen to a drawn letter: replaced by the next in order, given to a marker, marked."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.rules.frame import FrameRow, draw_key
from forthright.rules.sampling import stratum_name
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.samples import policies
from forthright.samples.models import Draw, DrawnLetter
from forthright.samples.selectors import frames, order, plans
from forthright.samples.selectors.disclosures import prosecutors_of
from forthright.samples.selectors.frozen import GIVEN, REPLACED, check_as_drawn, content_of_taken
from forthright.samples.selectors.hands import hands_of
from forthright.samples.services.drawing import marker_of, owed_by, what_is_owed


class ReasonMissing(ValueError):
    """A letter may not be replaced without a reason that says something."""


@transaction.atomic
def substitute_letter(
    letter: DrawnLetter, *, by: User, at: datetime, reason: str
) -> DrawnLetter | None:
    """Leave a drawn letter out and take the next in the seeded order in its place.

    Returns the letter that came in, or None when none was left to take.

    :raises NotAllowed: if this person marks or drafted the letter, or it is marked already
    :raises NotAsDrawn: if the draw or its list was changed after it was drawn
    :raises ReasonMissing: if no reason is given
    """
    letter = _locked(letter)
    policies.check_can_substitute(by, letter, hands_of(letter))
    check_can_be_replaced(letter)
    reason = reason_in(reason, least=LEAST_WEIGHED)
    if not reason:
        raise ReasonMissing(
            f"Say why this {letter.words.thing} cannot be marked, in {LEAST_WEIGHED} letters or "
            "more, so that whoever reads the draw understands it."
        )
    rows = frames.rows_of(letter.draw.frame)
    policies.check_can_draw(by, letter.draw.plan_version, frames.drafters_in(rows))
    used = order.used_by(letter.draw)
    row = order.next_in_place_of(letter, rows, letter.draw, used)
    is_new = row is not None and row.reference not in used.drawn
    letter.state = DrawnLetter.State.SUBSTITUTED
    letter.substituted_at = at
    letter.substituted_by = by
    letter.substitution_reason = reason
    letter.save(update_fields=["state", "substituted_at", "substituted_by", "substitution_reason"])
    taken = _take(letter, row, rows) if row is not None else None
    audit.record(
        REPLACED,
        letter,
        by=by,
        at=at,
        draw=letter.draw_id,
        letter=letter.reference,
        taken=row.reference if row else None,
        part=letter.part,
        content=content_of_taken(taken) if taken and is_new else "",
    )
    return taken


def check_can_be_replaced(letter: DrawnLetter) -> None:
    """Refuse to take another letter by a list that is no longer the one that was frozen.

    :raises NotAsDrawn: with what was changed
    """
    check_as_drawn(letter.draw, "No letter of this sample can be replaced.")


@transaction.atomic
def give_letter(letter: DrawnLetter, *, marker: User, by: User, at: datetime) -> DrawnLetter:
    """Give a drawn letter to somebody to mark, where the plan's marker may not.

    :raises NotAllowed: if they wrote, approved, let go or drew it, it is marked, or `by` is its
        marker
    """
    letter = _locked(letter)
    hands = hands_of(letter)
    policies.check_can_give(by, letter, hands)
    policies.check_can_give_to(marker, letter, hands)
    before, letter.marker = letter.marker_id, marker
    letter.save(update_fields=["marker"])
    audit.record(GIVEN, letter, by=by, at=at, marker=marker.pk, before=before)
    return letter


@transaction.atomic
def record_marked(letter: DrawnLetter, *, by: User, at: datetime) -> DrawnLetter:
    """Count a drawn letter as marked; the room that holds the marks says so.

    :raises NotAllowed: if it was given to somebody else or replaced
    """
    states = DrawnLetter.State
    return _moved_on(letter, states.TO_MARK, states.MARKED, "sample.letter_marked", by=by, at=at)


@transaction.atomic
def record_told(letter: DrawnLetter, *, by: User, at: datetime) -> DrawnLetter:
    """Count a marked letter as finished: its drafter has been told of the marks.

    :raises NotAllowed: if it was given to somebody else or replaced
    """
    states = DrawnLetter.State
    return _moved_on(letter, states.MARKED, states.TOLD, "sample.letter_told", by=by, at=at)


def _moved_on(
    letter: DrawnLetter, before: str, after: str, event: str, *, by: User, at: datetime
) -> DrawnLetter:
    """Move a drawn letter on to its next state; one that is further already stays."""
    letter = _locked(letter)
    policies.check_may_be_marked_by(by, letter)
    if letter.state == before:
        letter.state = after
        if letter.disclosure_id and letter.prosecutor_id is None:
            found = prosecutors_of([letter.disclosure_id])
            letter.prosecutor_id = found.get(letter.disclosure_id)
        letter.save(update_fields=["state", "prosecutor"])
        audit.record(event, letter, by=by, at=at, draw=letter.draw_id)
    return letter


def _locked(letter: DrawnLetter) -> DrawnLetter:
    """Return a drawn letter as it stands now, with its draw locked against a second change."""
    Draw.objects.select_for_update().get(pk=letter.draw_id)
    return DrawnLetter.objects.select_related(
        "draw__frame", "draw__plan_version", "duty__unit", "disclosure__unit", "marker"
    ).get(pk=letter.pk)


def _take(letter: DrawnLetter, row: FrameRow, rows: list[FrameRow]) -> DrawnLetter:
    """Put a row in a letter's place; one that stood in the targeted part moves to the random."""
    there = DrawnLetter.objects.filter(draw=letter.draw, **frames.owed_as(row.reference)).first()
    if there is not None:
        there.part = letter.part
        there.substitute_for = letter
        there.save(update_fields=["part", "substitute_for"])
        return there
    version = letter.draw.plan_version
    owed = owed_by([row.reference])[row.reference]
    taken = DrawnLetter(
        draw=letter.draw,
        area_id=letter.area_id,
        unit_id=owed.unit_id,
        **what_is_owed(owed, row),
        part=letter.part,
        stratum=stratum_name(row, plans.rule_plan(version)),
        position=_place(row, rows, int(letter.draw.seed)),
        because=f"in place of {letter.reference}",
        was_sent=row.is_sent,
        substitute_for=letter,
    )
    taken.marker_id = marker_of(version, hands_of(taken))
    taken.save(force_insert=True)
    return taken


def _place(row: FrameRow, rows: list[FrameRow], seed: int) -> int:
    """Return where a row stands in the seeded order, counted from 1."""
    own = (draw_key(seed, row.reference), row.reference)
    keys = [(draw_key(seed, each.reference), each.reference) for each in rows
            if not each.excluded_because]  # fmt: skip
    return 1 + sum(1 for key in keys if key < own)
