"""Who may look at whose letter, hand it on, answer what they were told, and decide a dispute."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import islice

from forthright.accounts.covering import covers_standing, let_stand_in
from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import (
    NotAllowed,
    check_has_permission,
    is_allowed,
    within_reach,
)
from forthright.accounts.presence import presence
from forthright.letters.models import Letter
from forthright.letters.policies import reasons_of_own_part
from forthright.letters.selectors.approvers import NAMED
from forthright.letters.selectors.which import perhaps_of
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.peer_checks.selectors.colleagues import colleagues, who_give_on
from forthright.peer_checks.selectors.parts import others_who_decide, reasons_of_part_in
from forthright.rules.separation import reasons_against_deciding_dispute
from forthright.rules.words import day_words, list_words, moment_words
from forthright.schemes.models import Duty
from forthright.web import clock

GOES_ON = "It goes to somebody else by itself the next time that letters are given out."
CHOOSE = "To choose who, give it on under “Letters to look at”."
THEY_GIVE = "They, or who looks after the unit, may give it to another."
NOBODY_GIVES = (
    "Nobody else here may. Where who has it can no longer look at it, it goes to somebody else by "
    "itself."
)


def reasons_against(user: User, check: PeerCheck) -> tuple[str, ...]:
    """Say why a person may not look at a letter; nothing said means they may."""
    letter = check.letter
    reasons = list(reasons_of_own_part(user, letter, others="check it"))
    duty = Duty.objects.filter(pk=letter.duty_id)
    if not within_reach(user, Permission.LETTER_CHECK, duty).exists():
        reasons.append(f"{user} does not look at letters of this unit.")
    return tuple(reasons)


def before_approving(user: User, letter: Letter) -> str:
    """Say what becomes of a person's own look at a letter if they approve it, or nothing."""
    held = PeerCheck.objects.filter(letter=letter.pk, checker=user.pk, answer="")
    check = held.select_related("letter__duty__decision", "letter__duty__unit", "area").first()
    if check is None:
        return ""
    covers = covers_standing(check.area_id, clock.today())
    others = colleagues(check.area, check.letter.duty.unit, covers).exclude(pk=user.pk)
    may = any(
        not reasons_against(let_stand_in(each, covers), check)
        for each in others.select_related("unit")
    )
    said = "You are to look at this letter before it goes, and whoever approves it does not also "
    if may:
        waits = ", and the letter waits for them" if letter.check_is_required else ""
        return f"{said}look at it: if you approve it, the look goes to somebody else{waits}."
    waits = "so the letter could not go" if letter.check_is_required else "so nobody would look"
    return (
        f"{said}look at it. Nobody else may look at it, {waits}: look at it, and ask somebody "
        "else to approve it."
    )


def check_can_look(user: User, check: PeerCheck) -> None:
    """Refuse to look at a letter to whoever it was not given to, or who had a part in it.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, Permission.LETTER_CHECK)
    if check.checker_id != user.pk:
        raise NotAllowed(
            f"This letter was given to {check.checker or 'nobody'} to look at, and not to you. "
            "What you kept of it before stays yours: the letter’s page “Looked at before it goes” "
            "shows it to you alone."
        )
    if check.answered_at is not None:
        raise NotAllowed(
            f"This check has its answer, {moment_words(check.answered_at)}: "
            f"{check.answer_words}. It no longer changes."
        )
    if reasons := reasons_against(user, check):
        may_choose = is_allowed(check_can_give_on, user, check)
        raise NotAllowed(" ".join([*reasons, GOES_ON, *([CHOOSE] if may_choose else [])]))


def check_can_give_on(user: User, check: PeerCheck) -> None:
    """Refuse to give a check to somebody else to whoever neither has it nor looks after its unit.

    Nor does whoever had a part in the letter choose who looks at it.

    :raises NotAllowed: with the reasons, and who may
    """
    if check.answered_at is not None:
        raise NotAllowed("This check has its answer, so there is nothing to give on.")
    reached = within_reach(user, Permission.CHECKS_GIVE, PeerCheck.objects.filter(pk=check.pk))
    if check.checker_id != user.pk and not reached.exists():
        away = presence(check.area_id, clock.today()).away_words(check.checker, check.unit_id)
        may = f"{away}. {whom_to_ask_to_give(check)}" if away else THEY_GIVE
        raise NotAllowed(f"This check is somebody else’s. {may}")
    if reasons := _reasons_against_choosing(user, check):
        raise NotAllowed(" ".join([*reasons, whom_to_ask_to_give(check)]))


def whom_to_ask_to_give(check: PeerCheck) -> str:
    """Say who may give a look to another today."""
    here = presence(check.area_id, clock.today())
    may = who_give_on(check, here)
    free = (each for each in may if not _reasons_against_choosing(each, check))
    names = [str(each) for each in islice(free, NAMED)]
    return f"Ask {list_words(names, joined_by='or')} to give it on." if names else NOBODY_GIVES


def may_give_on(user: User, checks: Collection[PeerCheck]) -> set[int]:
    """Return which of the open checks that a person has or looks after they may give on."""
    perhaps = perhaps_of(user, [each.letter for each in checks])
    return {
        each.pk
        for each in checks
        if each.letter_id not in perhaps or not _reasons_against_choosing(user, each)
    }


def _reasons_against_choosing(user: User, check: PeerCheck) -> tuple[str, ...]:
    return reasons_of_own_part(user, check.letter, others="choose who looks at it")


def check_can_give_out(user: User) -> None:
    """Refuse to give letters out to whoever does not look after checks.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.CHECKS_GIVE)


def check_can_set_rule(user: User, area: Area) -> None:
    """Refuse a change of what is looked at, by role or of another Area.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.CHECKS_SET)
    if user.area_id != area.pk:
        raise NotAllowed(f"You may change the checks of your own Area, not of {area}.")


def check_can_answer_part(user: User, part: PartTold) -> None:
    """Refuse to answer feedback that was given to somebody else.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.FEEDBACK_ANSWER)
    if part.recipient_id != user.pk:
        raise NotAllowed("Only the person who was told answers.")


def check_can_dispute_part(user: User, part: PartTold, today: date) -> None:
    """Refuse a dispute by anybody but its reader, twice, or after the last day.

    :raises NotAllowed: with the reason
    """
    check_can_answer_part(user, part)
    if part.is_disputed:
        raise NotAllowed("You have disputed this already. It is disputed once.")
    if today > part.dispute_by:
        raise NotAllowed(
            f"This could be disputed until the end of {day_words(part.dispute_by)}. "
            + " ".join(part.dispute_because)
        )


def check_can_decide_part(user: User, part: PartTold, today: date) -> None:
    """Refuse a decision by who found it or was told of it, a second one, or one too late.

    Nor does whoever had a part in the letter decide, while somebody else can.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, Permission.DISPUTE_DECIDE)
    own = reasons_of_part_in(user, part)
    others = others_who_decide(part) if own else []
    reasons = list(
        reasons_against_deciding_dispute(
            user.pk, marker=part.told_by_id, disputed_by=part.recipient_id,
            own_part=(*own, whom_to_ask_to_decide(others)) if others else (),
        )
    )  # fmt: skip
    if part.outcome != PartTold.Outcome.OPEN:
        reasons.append("This dispute has its outcome already, and an outcome is never changed.")
    elif part.is_unanswered_on(today) and part.decide_by is not None:
        reasons.append(
            f"This dispute had to be decided by the end of {day_words(part.decide_by)}. What was "
            "found stands, and the record shows that nobody answered in time."
        )
    if reasons:
        raise NotAllowed(" ".join(reasons))


def whom_to_ask_to_decide(others: Sequence[User]) -> str:
    """Say who can decide a dispute instead."""
    return f"Ask {list_words([str(each) for each in others[:NAMED]], joined_by='or')} to decide it."
