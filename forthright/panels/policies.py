"""Who may anonymise, confirm and release; nobody alone decides that a letter names nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import (
    NotAllowed,
    check_has_permission,
    has_permission,
    reason_against,
)
from forthright.panels.models import Alarm, AnonymisedLetter, PackLetter, PanelFinding
from forthright.panels.selectors.judged import (
    judged_by,
    keepers_of,
    open_pack_with,
    others_who_keep,
    others_who_keep_drawn,
    who_decides_instead,
)
from forthright.panels.selectors.letters import confirmers_of, preparers_of
from forthright.rules.words import list_words
from forthright.schemes.models import Duty

CONFIRMED_BY = 2
# So many who can do it instead are named: whoever reads it asks one of them.
MOST_NAMED = 3


def check_can_take(user: User, duty: Duty) -> None:
    """Refuse a letter that has not gone out.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.LETTER_ANONYMISE)
    if duty.sent_at is None:
        raise NotAllowed(
            "This letter has not gone out. The panel reads what people were sent, so take it once "
            "it is recorded as sent."
        )


def check_can_change_places(user: User, letter: AnonymisedLetter) -> None:
    """Refuse a change of what is hidden in a letter that is released.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.LETTER_ANONYMISE)
    if letter.state == AnonymisedLetter.State.RELEASED:
        raise NotAllowed(
            "This letter is released, so others may be reading it. Withdraw it first; then what "
            "is hidden in it can be changed."
        )


def check_can_confirm(user: User, letter: AnonymisedLetter) -> None:
    """Refuse a second confirmation by one person, and one by those alone who prepared the letter.

    Nobody confirms what they are judged by, and of the two one keeps the panel, so that no unit
    decides by itself what is hidden of its own work.

    :raises NotAllowed: with the reason
    """
    check_can_change_places(user, letter)
    if user.pk in judged_by(letter):
        raise NotAllowed(
            "You had a part in writing, approving, sending or marking this letter or its reasons, "
            "so you do not decide what the panel reads of it. Ask somebody who had none to confirm "
            "it."
        )
    people = confirmers_of(letter)
    confirmers = {each.pk for each in people}
    if user.pk in confirmers:
        raise NotAllowed(
            "You have confirmed these words already. Somebody else has to read them too."
        )
    is_last = len(confirmers) + 1 >= CONFIRMED_BY
    if is_last and not any(has_permission(e, Permission.PANEL_KEEP) for e in (user, *people)):
        raise NotAllowed(
            "Of the two who confirm one keeps the panel, and neither of you does: a unit does not "
            "release its own letters by itself. Ask a legal manager or a senior manager to read "
            "it."
        )
    prepared = preparers_of(letter)
    if is_last and {user.pk, *confirmers} <= prepared:
        raise NotAllowed(
            "Both who would have confirmed had a hand in anonymising this letter. Whoever made it "
            "sees what they meant to hide; ask somebody who has not worked on it to read it."
        )


def check_can_withdraw(user: User, letter: AnonymisedLetter) -> None:
    """Refuse to withdraw what is not released, and from an open pack what is not theirs to.

    While members read, only whoever keeps the panel withdraws, and nobody what they are judged by,
    where somebody else of them can; the others raise an alarm.

    :raises NotAllowed: with the reason
    """
    check_is_released(user, letter)
    if open_pack_with(letter) is None:
        return
    if not has_permission(user, Permission.PANEL_KEEP):
        raise NotAllowed(
            "The panel is reading this letter, so only whoever keeps the panel withdraws it. Tell "
            "them why it should be: they see it at once on their overview."
        )
    others = {each.pk for each in others_who_keep(letter)}
    if others and user.pk not in others:
        raise NotAllowed(
            "The panel is reading this letter, and you had a part in writing, approving, sending "
            "or marking it or its reasons. Tell the others who keep the panel why it should be "
            "withdrawn: they see it at once on their overview."
        )


def check_can_let_stay(user: User, letter: AnonymisedLetter) -> None:
    """Refuse to say that a letter stays against a warning, to all but who keeps the panel.

    Nor does who had a part in it, where somebody else of them can. That holds once nobody reads
    the pack any more, too: words are read out at the meeting and go out with agreed marks.

    :raises NotAllowed: with the reason
    """
    check_is_released(user, letter)
    if not has_permission(user, Permission.PANEL_KEEP):
        raise NotAllowed(
            "Only whoever keeps the panel says that a letter of its pack stays. Withdraw it, or "
            "ask them."
        )
    others = {each.pk for each in others_who_keep(letter)}
    if others and user.pk not in others:
        raise NotAllowed(
            "You had a part in writing, approving, sending or marking this letter or its reasons, "
            "so somebody else who keeps the panel says whether it stays. Ask them to."
        )


@dataclass(frozen=True, slots=True)
class AlarmsTold:
    """What was said against a letter, what whoever reads it may do of it, and who does the rest."""

    alarms: list[Alarm]
    # The words of the link to where it is done; nothing where they may do neither.
    offer: str
    instead: str


def alarms_told(user: User, letter: AnonymisedLetter, alarms: list[Alarm]) -> AlarmsTold | None:
    """Return what was said against a letter and who answers it, where something was."""
    if not alarms:
        return None
    may_withdraw = not reason_against(check_can_withdraw, user, letter)
    if not reason_against(check_can_let_stay, user, letter):
        # Whoever says that a letter stays may withdraw it, too.
        return AlarmsTold(alarms, "Withdraw it, or say why it stays", "")
    keepers = others_who_keep(letter) or keepers_of(letter)
    named = [str(each) for each in keepers[:MOST_NAMED]]
    who = list_words(named, joined_by="or") or "whoever keeps the panel"
    if may_withdraw:
        return AlarmsTold(alarms, "Withdraw it", f"Or ask {who}: they say why it stays.")
    return AlarmsTold(alarms, "", f"Ask {who}: they withdraw it, or say why it stays.")


def check_can_leave_out(user: User, letter: PackLetter) -> None:
    """Refuse to keep from the panel what is one's own, where somebody else can decide that.

    :raises NotAllowed: if this person does not keep the panel, or had a part in the letter while
        others who keep it had none
    """
    _check_had_no_part(user, letter, "whether the panel reads it. Ask {} to leave it out")


def check_can_decide_put_aside(
    user: User, letter: PackLetter, *, others: Mapping[int, list[User]] | None = None
) -> None:
    """Refuse to decide what follows of one's own letter put aside, where somebody else can.

    :param others: who keeps the panel and had no part, by letter, where the caller asked of many
    :raises NotAllowed: if this person does not keep the panel, or had a part in the letter while
        others who keep it had none
    """
    does_not = "what follows of it now that it is put aside. Ask {} to: their overview says so"
    _check_had_no_part(user, letter, does_not, others)


def check_can_hold_back_reason(
    user: User, letter: PackLetter, *, others: Mapping[int, list[User]] | None = None
) -> None:
    """Refuse to hold back why a letter of one's own was left out, where somebody else can.

    :param others: who keeps the panel and had no part, by letter, where the caller asked of many
    :raises NotAllowed: if this person does not keep the panel, or had a part in the letter while
        others who keep it had none
    """
    does_not = (
        "whether it is read why it was left out. If that says who the letter is about, tell {} at "
        "once: they hold it back"
    )
    _check_had_no_part(user, letter, does_not, others)


def _check_had_no_part(
    user: User, letter: PackLetter, does_not: str, others: Mapping[int, list[User]] | None = None
) -> None:
    """Refuse who had a part in a letter to decide something of it, where somebody else can.

    :param does_not: what they do not decide, and whom to ask instead, at the braces
    """
    check_has_permission(user, Permission.PANEL_KEEP)
    who = others_who_keep_drawn(letter) if others is None else others[letter.pk]
    if who and user not in who:
        raise NotAllowed(
            "You had a part in writing, approving, sending or marking this letter or its reasons, "
            f"so you do not decide {does_not.format(one_of(who))}."
        )


def check_can_decide_of_finding(user: User, finding: PanelFinding) -> None:
    """Refuse to put right, hold back or give on what one is to answer, where somebody else can.

    :raises NotAllowed: if this person does not keep the panel, or answers for the finding while
        others keep it
    """
    check_has_permission(user, Permission.PANEL_KEEP)
    if instead := who_decides_instead(finding, user):
        raise NotAllowed(
            "This finding was given to you to answer, so you do not put it right, hold it back or "
            f"give it on. Ask {one_of(instead)} to. If it says who a letter is about, tell them at "
            "once: they hold it back."
        )


def one_of(people: Sequence[User]) -> str:
    """Name some of the people of whom one is asked."""
    return list_words([str(each) for each in people[:MOST_NAMED]], joined_by="or")


def check_can_alarm(user: User, letter: AnonymisedLetter) -> None:
    """Refuse an alarm about what is not released, or in no pack that is being read.

    :raises NotAllowed: with the reason
    """
    check_is_released(user, letter)
    if open_pack_with(letter) is None:
        raise NotAllowed("No panel is reading this letter. Withdraw it yourself.")


def check_is_released(user: User, letter: AnonymisedLetter) -> None:
    """Refuse to withdraw what is not released.

    :raises NotAllowed: if it is not released, or this person anonymises no letters
    """
    check_has_permission(user, Permission.LETTER_ANONYMISE)
    if letter.state != AnonymisedLetter.State.RELEASED:
        raise NotAllowed("This letter is not released, so there is nothing to withdraw.")
