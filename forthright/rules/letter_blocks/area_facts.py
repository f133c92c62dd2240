"""What the Area offers on the day of a letter: live contacts, staff and support that fits."""

from datetime import date

from forthright.rules.case_file import (
    CaseFile,
    ContactKind,
    ContactPoint,
    StaffMember,
    SupportService,
)

MOST_SERVICES = 4
COMPLAINTS = "complain"


def is_live(ended_on: date | None, case: CaseFile) -> bool:
    """Say whether something that ends on a day still serves on the day of the letter."""
    return ended_on is None or (case.letter.dated is not None and ended_on > case.letter.dated)


def live_contact(case: CaseFile, kind: ContactKind) -> ContactPoint | None:
    """Return the Area's first live contact of a kind; those for complaints only come last."""
    live = [each for each in case.area.contacts if each.kind is kind and _is_live(each, case)]
    return min(live, key=_is_for_complaints, default=None)


def complaint_contact(case: CaseFile) -> ContactPoint | None:
    """Return where a complaint goes: a contact that says so, or else the telephone."""
    for each in case.area.contacts:
        if _is_for_complaints(each) and _is_live(each, case):
            return each
    return live_contact(case, ContactKind.PHONE)


def staff_named(case: CaseFile, name: str) -> StaffMember | None:
    """Return the member of staff of that name, whether or not they have left."""
    return next((each for each in case.area.staff if each.name == name), None)


def fitting_services(case: CaseFile) -> tuple[SupportService, ...]:
    """Return the services that fit the case, the most fitting first, at most four."""
    live = [each for each in case.area.support if is_live(each.retired_on, case)]
    fitting = [each for each in live if set(each.fits) & set(case.flags)]
    general = [each for each in live if not each.fits]
    return tuple((fitting + general)[:MOST_SERVICES])


def _is_live(contact: ContactPoint, case: CaseFile) -> bool:
    return is_live(contact.retired_on, case)


def _is_for_complaints(contact: ContactPoint) -> bool:
    return COMPLAINTS in contact.words.casefold()
