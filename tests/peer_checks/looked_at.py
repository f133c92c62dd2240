"""Letters that were put forward, and colleagues who look at them."""

from datetime import timedelta

from forthright.accounts.models import Role, Unit, User
from forthright.letters.models import Letter
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.checks import NewCheckRule, set_check_rule
from forthright.letters.services.drafting import draft_letter, hand_over
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.selectors.sheet import levels_offered
from forthright.peer_checks.services.checking import (
    Found,
    FoundOf,
    answer_check,
    open_check,
    save_found,
)
from forthright.peer_checks.services.giving import give_checks
from forthright.rules.rubric import Level
from forthright.schemes.models import Duty
from forthright.standards.services import start_area_standards
from tests import given

LATER = given.NOON + timedelta(minutes=4)
WELL, CHANGE = "It opens plainly.", "Name the person who can be rung."


def a_letter_put_forward(*, by=None, duty=None, at=given.NOON, **letter):
    """Return the letter owed that an officer drafted and handed over."""
    officer = by or given.a_liaison_officer()
    duty = duty or given.an_explained_letter(**letter)
    start_area_standards(duty.area, by=None, at=given.NOON)
    draft_letter(duty, by=officer, at=at)
    hand_over(Duty.objects.get(pk=duty.pk), by=officer, at=at)
    return Letter.objects.select_related("duty", "area").get(duty=duty, number=1)


def a_check(*, checker=None, **letter):
    """Return the check of a letter that was put forward, given to this one colleague.

    Where others could have it too, it is their numbers in the database that would decide.
    """
    checker = checker or given.a_liaison_officer()
    found = a_letter_put_forward(**letter)
    others = User.objects.filter(area=found.area, is_active=True).exclude(pk=checker.pk)
    gone = User.objects.filter(pk__in=list(others.values_list("pk", flat=True)))
    gone.update(is_active=False)
    give_checks(found.area, by=None, at=given.NOON)
    gone.update(is_active=True)
    check = PeerCheck.objects.get(letter=found, answer="")
    assert check.checker == checker
    return check


def all_met(check, but=None, words="", at=LATER):
    """Return every criterion met but one, with the words that show it, or said not to apply."""
    levels = {}
    for code, offered in levels_offered(check, at.date()).items():
        level = Level.NOT_APPLICABLE if Level.NOT_APPLICABLE in offered else Level.FULLY
        level = Level.NOT_MET if code == but else level
        shown = code == but
        levels[code] = FoundOf(
            level=level, quotation=words if shown else "", note="It is missing." if shown else ""
        )
    return levels


def answered(check, answer, *, at=LATER, **found):
    """Return a check once its colleague opened it, said everything and answered."""
    open_check(check, by=check.checker, at=at - timedelta(minutes=4))
    save_found(check, Found(**{"levels": all_met(check, at=at), **found}), by=check.checker, at=at)
    return answer_check(check, answer, by=check.checker, at=at)


def passed(check, **said):
    return answered(check, "PASSED", **said)


def changes_asked(check, *, but="A6", at=LATER, **said):
    said = {"done_well": WELL, "to_change": CHANGE, **said}
    return answered(check, "CHANGES", levels=all_met(check, but=but, at=at), at=at, **said)


def required(area, **fields):
    """Have every decision letter of an Area looked at before it goes."""
    rule = {
        "in_force_from": given.NOON.date(), "kinds": ["DECISION"], "share_percent": 100,
        "is_required": True, "hours": 4, "latest": given.at("2026-10-05 15:00").time(),
        "source": "Area board, 1 October", "reason": "Letters went out with faults.", **fields,
    }  # fmt: skip
    return set_check_rule(area, NewCheckRule(**rule), by=None, at=given.NOON)


def newest(letter):
    return latest_words(Letter.objects.get(pk=letter.pk))


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
