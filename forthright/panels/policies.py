"""Who may anonymise, confirm and release; nobody alone decides that a letter names nobody."""

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.letters import confirmers_of, preparers_of
from forthright.schemes.models import Duty

CONFIRMED_BY = 2


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

    :raises NotAllowed: with the reason
    """
    check_can_change_places(user, letter)
    confirmers = {each.pk for each in confirmers_of(letter)}
    if user.pk in confirmers:
        raise NotAllowed(
            "You have confirmed these words already. Somebody else has to read them too."
        )
    prepared = preparers_of(letter)
    if len(confirmers) + 1 >= CONFIRMED_BY and {user.pk, *confirmers} <= prepared:
        raise NotAllowed(
            "Both who would have confirmed had a hand in anonymising this letter. Whoever made it "
            "sees what they meant to hide; ask somebody who has not worked on it to read it."
        )


def check_can_withdraw(user: User, letter: AnonymisedLetter) -> None:
    """Refuse to withdraw what is not released.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.LETTER_ANONYMISE)
    if letter.state != AnonymisedLetter.State.RELEASED:
        raise NotAllowed("This letter is not released, so there is nothing to withdraw.")
