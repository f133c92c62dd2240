"""A letter in every state of a check before it goes, for the Area in which everything exists."""

from forthright.accounts.models import Role, User
from forthright.letters.models import Letter
from forthright.letters.services.notes import write_note
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.peer_checks.services.giving import give_checks, give_on
from forthright.peer_checks.services.telling import dispute_part, reply
from tests import given
from tests.peer_checks import looked_at


def letters_looked_at(people: list[User]) -> None:
    """Make letters that wait to be looked at, passed, came back, and feedback that is disputed."""
    prosecutor = next(each for each in people if each.role == Role.PROSECUTOR)
    checker = given.a_liaison_officer()
    drafter = given.a_liaison_officer()
    duty = given.a_letter_to_write()
    write_note(duty, given.REASONS, by=prosecutor, at=given.NOON)
    letters = [
        looked_at.a_letter_put_forward(by=drafter, duty=duty),
        looked_at.a_letter_put_forward(by=drafter),
        looked_at.a_letter_put_forward(by=drafter),
        looked_at.a_letter_put_forward(by=drafter),
    ]
    # One that may not go before a colleague passed it: a manager may let it go without.
    Letter.objects.filter(pk=letters[-1].pk).update(check_is_required=True)
    give_checks(duty.area, by=None, at=given.NOON)
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit())
    checks = [PeerCheck.objects.get(letter=each, answer="") for each in letters]
    for check in checks:
        if check.checker != checker:
            give_on(check, checker, reason="The other is away", by=manager, at=given.NOON)
            check.refresh_from_db()
    asked = looked_at.changes_asked(checks[0], reasons_to_change="Say which camera it was.")
    part = PartTold.objects.get(check_of=asked, about=PartTold.About.WORDS)
    reply(part, "I have put it in.", by=drafter, at=given.NOON)
    dispute_part(part, reason="The second part says it.", by=drafter, at=given.NOON)
    looked_at.passed(checks[1])
    looked_at.answered(checks[2], "RETURNED", to_change="It answers another decision.")
