"""People and letters of a unit on a Monday morning."""

from datetime import date

from forthright.accounts.covering import let_cover
from forthright.accounts.models import Role, Unit, User
from forthright.cases.models import Decision
from forthright.morning_lists.models import Cover
from forthright.morning_lists.selectors.covers import covering_on
from forthright.morning_lists.selectors.morning import MorningList, Section, morning_list
from forthright.morning_lists.services.covering import NewCover, name_deputy
from forthright.morning_lists.services.nobody import say_nobody_to_tell
from forthright.schemes.models import Duty
from forthright.schemes.services import open_duties
from tests import given

MORNING = given.at("2026-10-05 09:30")  # a Monday
TODAY = date(2026, 10, 5)


def a_spoc(unit: Unit | None = None) -> User:
    """Return a new legal SPOC of a unit."""
    return given.a_person(Role.LEGAL_SPOC, unit=unit)


def a_prosecutor(unit: Unit | None = None) -> User:
    """Return a new prosecutor of a unit."""
    return given.a_person(Role.PROSECUTOR, unit=unit)


def a_letter(decided: str = "2026-09-28 10:00", *, by: User | None = None, **letter) -> Duty:
    """Return a letter owed; unless told otherwise it is due on the Monday itself."""
    duty = given.a_letter_owed(decided_at=given.at(decided), **letter)
    if by:
        Decision.objects.filter(pk=duty.decision_id).update(made_by=by)
    return Duty.objects.select_related("case", "unit", "area", "decision__made_by").get(pk=duty.pk)


def another_of(duty: Duty) -> Duty:
    """Return the letter owed to another victim of the same decision."""
    given.a_person_to_tell(duty.case)
    open_duties([duty.decision], by=None, at=given.NOON)
    rows = Duty.objects.select_related("case", "unit", "area", "decision__made_by")
    return rows.filter(decision=duty.decision_id).exclude(pk=duty.pk).get()


def with_steps(duty: Duty, **steps: str) -> Duty:
    """Return a letter with these steps recorded, by the hour of each."""
    times = {f"{name}_at": given.at(moment) for name, moment in steps.items()}
    Duty.objects.filter(pk=duty.pk).update(**times)
    duty.refresh_from_db()
    return duty


def a_cover(
    spoc: User, deputy: User, *, first: date = TODAY, last: date = TODAY, at=MORNING
) -> Cover:
    """Return a cover that the legal SPOC named."""
    new = NewCover(spoc=spoc, deputy=deputy, first_day=first, last_day=last)
    return name_deputy(spoc.unit, new, by=spoc, at=at)


def covering(person: User, day: date = TODAY) -> User:
    """Return a person as a page has them on a day, with whom they cover for then."""
    return let_cover(person, covering_on(person, day))


def the_list(unit: Unit | None = None, now=MORNING) -> MorningList:
    """Return the morning list of a unit."""
    return morning_list(unit or given.a_unit(), now)


def part(key: str, found: MorningList | None = None) -> Section:
    """Return one section of a morning list."""
    found = found or the_list()
    return next(each for each in found.sections if each.key == key)


def a_whole_morning(people: list[User]) -> None:
    """Make a new decision with nobody to tell, a cover, and letters that wait."""
    spoc = next(each for each in people if each.role == Role.LEGAL_SPOC)
    prosecutor = next(each for each in people if each.role == Role.PROSECUTOR)
    a_cover(spoc, a_prosecutor(given.a_unit(Unit.Kind.RASSO)), at=given.NOON)
    given.a_decision(given.a_case(), made_at=given.at("2026-10-02 15:00"), made_by=prosecutor)
    other = given.a_decision(given.a_case(), made_at=given.at("2026-10-02 15:30"))
    say_nobody_to_tell(other, reason="No victim can be named.", by=spoc, at=given.NOON)
    a_letter(by=prosecutor)
    with_steps(a_letter(), explained="2026-10-01 10:00")
