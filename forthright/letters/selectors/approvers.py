"""Who may approve a letter besides the person asked, so that a refusal can name them."""

from django.db.models import Q

from forthright.accounts.covering import away_until, covers_standing
from forthright.accounts.models import User
from forthright.accounts.permissions import TABLE, Permission, Reach, reach_of
from forthright.accounts.policies import is_of_liaison_unit
from forthright.letters.models import ReasonsNote
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.checks import look_waived
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.new_reasons import gives_reasons
from forthright.letters.selectors.which import Which, letter_of, wrote_of
from forthright.rules.words import list_words
from forthright.schemes.models import Duty
from forthright.schemes.policies import has_recorded_draft
from forthright.web import clock

# So many are named: enough to find one who is in, few enough to read.
NAMED = 3


def reasons_given_in(which: Which) -> ReasonsNote | None:
    """Return the reasons that stand in the words of a letter, or None where it gives none.

    Words that were held against no reasons count with the newest.
    """
    letter = letter_of(which)
    if not gives_reasons(letter):
        return None
    latest = latest_words(letter)
    held = latest.note if latest else None
    return held or note_for(letter.duty.decision)


def passed_by(which: Which) -> int | None:
    """Return who passed the newest words of a letter in the look before they go, or None."""
    letter = letter_of(which)
    latest = latest_words(letter)
    is_of_these = latest is not None and letter.checked_version_id == latest.pk
    return letter.checked_by_id if is_of_these else None


def waived_by(which: Which) -> int | None:
    """Return who let the newest words of a letter go without the look; None if it was done."""
    letter = letter_of(which)
    if letter.check_asked_at is None or passed_by(letter):
        return None
    latest = latest_words(letter)
    waived = look_waived(letter, latest.pk) if latest else None
    return waived.made_by_id if waived else None


def whom_to_ask(which: Which) -> str:
    """Say who may approve a letter: people of its unit first, then those who reach every unit.

    Whoever is away today is not named, but who stands in for them is.
    """
    letter = letter_of(which)
    duty = letter.duty
    note = reasons_given_in(letter)
    had_part = {*wrote_of(letter), note.written_by_id if note else None, passed_by(letter),
                waived_by(letter)}  # fmt: skip
    found: list[str] = []
    for each in _approvers(duty):
        if each.pk not in had_part and not has_recorded_draft(each, duty):
            found.append(each.full_name)
        if len(found) == NAMED:
            break
    if not found:
        return (
            "Nobody else may approve letters of this unit. Ask an administrator to give a legal "
            "manager, a legal SPOC or a line manager of this unit, or a line manager of the "
            "Victim Liaison Unit, an account."
        )
    return f"Ask {list_words(found, joined_by='or')} to approve it."


def _approvers(duty: Duty) -> list[User]:
    """Return who may approve a letter today by their role or as a deputy, its own unit first."""
    roles = [role for role in TABLE if reach_of(role, Permission.LETTER_APPROVE)]
    today = clock.today()
    covers = covers_standing(duty.area_id, today)
    deputies = {each.deputy_id for each in covers if each.unit_id == duty.unit_id}
    people = User.objects.filter(Q(role__in=roles) | Q(pk__in=deputies), is_active=True)
    people = people.filter(area=duty.area_id).exclude(pk__in=away_until(duty.area_id, today))
    reaching = [
        each
        for each in people.select_related("unit").order_by("full_name", "pk")
        if each.unit_id == duty.unit_id
        or each.pk in deputies
        or is_of_liaison_unit(each)
        or reach_of(each.role, Permission.LETTER_APPROVE) is Reach.AREA
    ]
    return sorted(
        reaching, key=lambda each: each.unit_id != duty.unit_id and each.pk not in deputies
    )
