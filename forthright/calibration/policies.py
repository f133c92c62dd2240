"""Who may lead a round, mark in it, agree on marks, and put faults right."""

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.calibration.models import GoldLetter, Round, RoundLetter, SystemicFinding
from forthright.calibration.selectors import rounds as selectors
from forthright.calibration.selectors.findings import left_by
from forthright.reviews.selectors.saw_marks import saw_marks
from forthright.samples.selectors.plans import permission_to_mark

State = SystemicFinding.State


def check_can_lead(user: User) -> None:
    """Refuse to make a round to who leads none.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.CALIBRATION_LEAD)


def check_can_close(user: User, held: Round) -> None:
    """Refuse to close a round that is closed, or to who leads none.

    :raises NotAllowed: with the reason
    """
    _check_leads(user, held)
    if not held.is_open:
        raise NotAllowed("This round is closed already, so its marks no longer change.")


def check_can_agree(user: User, letter: RoundLetter) -> None:
    """Refuse agreed marks or a note before the round is closed, or of a letter already agreed.

    :raises NotAllowed: with the reason
    """
    _check_leads(user, letter.round)
    if letter.round.is_given_up:
        raise NotAllowed("This round was given up, so no marks are agreed in it.")
    if letter.round.is_open:
        raise NotAllowed("The marks are talked about when the round is closed, not before.")


def check_can_mark_in_round(user: User, held: Round) -> None:
    """Refuse marks by who is not in the round, has finished, or after it closed.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, permission_to_mark(held.subject))
    marker = selectors.marker_in(held, user)
    if marker is None:
        raise NotAllowed("You do not mark in this round.")
    if not held.is_open:
        raise NotAllowed("This round is closed, so its marks no longer change.")
    if marker.finished_at is not None:
        raise NotAllowed("You have finished your marks in this round, so they no longer change.")


def check_can_mark_letter_in_round(user: User, letter: RoundLetter) -> None:
    """Refuse marks of a letter that this person cannot mark as if for the first time.

    :raises NotAllowed: with the reason
    """
    check_can_mark_in_round(user, letter.round)
    if because := letter.left_out.get(str(user.pk)):
        thing = letter.round.words.thing
        raise NotAllowed(f"You do not mark this {thing} in the round: {user} {because}.")
    # Nothing was hidden from them while they had a role that does not mark.
    if saw_marks([letter.review], [user]):
        thing = letter.round.words.thing
        raise NotAllowed(
            f"You have seen the marks of this {thing} since the round was made, so you no longer "
            "mark it there. Whoever leads the round closes it without your marks, or gives it up."
        )


def check_can_retire(user: User, gold: GoldLetter) -> None:
    """Refuse to take a letter out of the queue twice, or to who leads no round.

    :raises NotAllowed: with the reason
    """
    _check_leads(user, gold.letter.round)
    if gold.retired_at is not None:
        raise NotAllowed("This letter is out of the queue already.")


def check_can_call_marks_wrong(user: User, gold: GoldLetter) -> None:
    """Refuse to say that agreed marks are wrong while they go out, twice, or to who leads no round.

    :raises NotAllowed: with the reason
    """
    _check_leads(user, gold.letter.round)
    if gold.retired_at is None:
        raise NotAllowed("This letter still goes out. Take it out, and say there that its marks "
                         "are wrong.")  # fmt: skip
    if gold.is_by_one or gold.marks_wrong_at is not None:
        raise NotAllowed("Nothing is held against the agreed marks of this letter already.")


def check_can_look_for_findings(user: User) -> None:
    """Refuse to look for faults to who puts none right.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.FINDING_TAKE)


def check_can_take(user: User, finding: SystemicFinding) -> None:
    """Refuse a finding to who puts none right, of another Area, or once somebody has it.

    From somebody who has left, or is away with a deputy named, anybody who puts faults right takes
    it over.

    :raises NotAllowed: with the reason
    """
    _check_mends(user, finding)
    if finding.state == State.MENDING and finding.owner_id != user.pk:
        if left_by(finding):
            return
        raise NotAllowed(f"{finding.owner} has taken this on already.")
    if finding.state != State.OPEN:
        raise NotAllowed("This finding is no longer open.")


def check_can_close_finding(user: User, finding: SystemicFinding) -> None:
    """Refuse to close a finding that is closed, or that nobody or somebody else has taken on.

    :raises NotAllowed: with the reason
    """
    _check_mends(user, finding)
    if finding.state == State.CLOSED:
        raise NotAllowed("This finding is closed already.")
    if finding.owner_id is None:
        raise NotAllowed("Nobody has taken this on yet. Whoever takes it on closes it.")
    if finding.owner_id != user.pk and not left_by(finding):
        raise NotAllowed(f"{finding.owner} has taken this on, and closes it.")


def _check_leads(user: User, held: Round) -> None:
    check_has_permission(user, Permission.CALIBRATION_LEAD)
    if held.area_id != user.area_id:
        raise NotAllowed("This is a round of another Area.")


def _check_mends(user: User, finding: SystemicFinding) -> None:
    check_has_permission(user, Permission.FINDING_TAKE)
    if finding.area_id != user.area_id:
        raise NotAllowed("This is a finding of another Area.")
