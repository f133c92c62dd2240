"""Who may change a standard, and when it may still be changed."""

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.standards.models import CheckSet, Edition


def check_can_change(user: User, edition: Edition) -> None:
    """Refuse a change of wording by the wrong person or of an edition already adopted.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.STANDARD_CHANGE)
    if not edition.is_draft:
        raise NotAllowed(
            f"Edition {edition.number} has been adopted, and letters are marked by it, so its "
            "words never change. Make a new edition as a copy of it, and change that."
        )


def check_can_change_numbers(user: User | None, area: Area) -> None:
    """Refuse other numbers for marking to who plans no samples, or for another Area.

    :raises NotAllowed: with the reason
    """
    if user is None:
        return
    check_has_permission(user, Permission.SAMPLE_PLAN)
    if user.area_id != area.pk:
        raise NotAllowed(f"You may change the numbers of your own Area, not of {area}.")


def check_can_propose_rules(user: User, area: Area) -> None:
    """Refuse to change the rules of the checks to the wrong person, or of another Area."""
    check_has_permission(user, Permission.RULES_PROPOSE)
    if user.area_id != area.pk:
        raise NotAllowed(f"You may change the rules of your own Area, not of {area}.")


def check_can_adopt_rules(user: User, check_set: CheckSet) -> None:
    """Refuse a set of rules to whoever proposed it, or once it waits no more.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.RULES_ADOPT)
    _check_waits(user, check_set)
    if check_set.proposed_by_id == user.pk:
        raise NotAllowed("You proposed this change, so somebody else must adopt it.")


def check_can_take_back_rules(user: User, check_set: CheckSet) -> None:
    """Refuse to end a proposal to who may neither propose nor adopt, or once it waits no more.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.RULES_PROPOSE)
    _check_waits(user, check_set)


def _check_waits(user: User, check_set: CheckSet) -> None:
    if check_set.area_id != user.area_id:
        raise NotAllowed("These are the rules of another Area.")
    if check_set.state != CheckSet.State.PROPOSED:
        raise NotAllowed(
            f"Set {check_set.number} waits no more: {check_set.get_state_display().lower()}."
        )
