"""Leaves a drawn letter out of the pack, and puts one back that was left out by mistake."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels import policies
from forthright.panels.models import Meeting, PackLetter
from forthright.panels.selectors.judged import had_part_in
from forthright.panels.selectors.left_out import LEFT_OUT
from forthright.panels.services.findings import check_seen
from forthright.panels.services.meeting import PanelRefused, check_names_nobody, locked_meeting
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.web.meanwhile import by_whom

RELATED = ("meeting", "duty__decision")


@transaction.atomic
def leave_out(
    letter: PackLetter, reason: str, *, names_nobody: bool = False, by: User, at: datetime
) -> PackLetter:
    """Leave a drawn letter out of the pack, with a reason that stands in the note.

    Who did it stands there too, and that they had a part in the letter, where nobody else could.

    :raises NotAllowed: if this person does not keep the panel, or had a part in the letter while
        others who keep it had none
    :raises PanelRefused: if the pack is open already, it is left out, or the reason says nothing
        or whom a letter is about
    :raises NameSeen: if it looks as if it named somebody, and ``names_nobody`` is not said
    """
    meeting, letter = _held(letter, by)
    policies.check_can_leave_out(by, letter)
    if letter.left_out_because:
        raise PanelRefused(
            f"Letter {letter.position} was left out{by_whom(letter, LEFT_OUT)()}: "
            f"{letter.left_out_because} That reason stands. If it is wrong, put the letter back "
            "first."
        )
    if not (said := reason_in(reason, least=LEAST_WEIGHED)):
        raise PanelRefused("Write why the letter is left out; it is said in the published note.")
    check_names_nobody(said, meeting)
    looked = check_seen(said, is_said=names_nobody)
    letter.left_out_because = said[:300]
    letter.save(update_fields=["left_out_because"])
    audit.record(LEFT_OUT, letter, by=by, at=at, area=meeting.area, reason=letter.left_out_because,
                 had_part=had_part_in(letter, by), **looked)  # fmt: skip
    return letter


@transaction.atomic
def put_back(letter: PackLetter, *, by: User, at: datetime) -> PackLetter:
    """Put a letter back into the pack that was left out by mistake; the record keeps the reason.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if the pack is open already, the letter is in it, or another meeting drew
        it since
    """
    meeting, letter = _held(letter, by)
    if not letter.left_out_because:
        raise PanelRefused(f"Letter {letter.position} is in the pack.")
    others = PackLetter.objects.filter(duty=letter.duty_id, left_out_because="")
    others = others.exclude(meeting__state=Meeting.State.CANCELLED, meeting__opened_at=None)
    if other := others.select_related("meeting").first():
        raise PanelRefused(
            f"Panel {other.meeting.number} drew this letter meanwhile, and no two panels read one."
        )
    before, letter.left_out_because = letter.left_out_because, ""
    letter.save(update_fields=["left_out_because"])
    audit.record("panel.letter_put_back", letter, by=by, at=at, area=meeting.area, reason=before)
    return letter


def _held(letter: PackLetter, by: User) -> tuple[Meeting, PackLetter]:
    """Return a meeting whose pack is not open yet and one of its letters, as they stand now."""
    meeting = locked_meeting(letter.meeting, by)
    if meeting.state != Meeting.State.DRAWN:
        raise PanelRefused("The pack is open already, so its letters no longer change.")
    return meeting, PackLetter.objects.select_related(*RELATED).get(pk=letter.pk)
