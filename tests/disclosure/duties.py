"""Duties to disclose in every state, each reached through the real services."""

import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings

from forthright.accounts.models import Role, Unit, User
from forthright.cases.models import Case, Defendant
from forthright.disclosure.models import DefenceRequest, Delivery, DisclosureDuty, Item
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.selectors.versions import versions_of
from forthright.disclosure.services.answering import answer_request, record_statement
from forthright.disclosure.services.approving_later import approve_later
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.endorsing import Written, endorse_item, set_aside
from forthright.disclosure.services.looking_again import NOTHING_MORE, look_again
from forthright.disclosure.services.placing import LetGo
from forthright.disclosure.services.reading import HandedOver
from forthright.disclosure.services.sending import Sent, send_answers
from forthright.disclosure.services.serving import (
    Service,
    approve_duty,
    second_looks,
    serve,
    tell_court,
)
from forthright.disclosure.services.starting import Trigger, start_duty
from forthright.disclosure.services.triage import find_adequate, return_to_police
from forthright.rules.disclosure_duty import owed
from tests import given

SENT = date(2026, 9, 1)
HEAD = "Item No.,Description,Location\n"
OPEN_ITEMS = (
    "Receipt for the hire of a van on 3 May 2026 by the defendant",
    "Storm incident log 1881 of 1 June 2026 of the call by Mrs Oduya about the fight",
    "First account of Mrs Oduya to PC Khan of what she saw from her window",
)
SECRET = "Debrief of the source Heronsgate about the stolen van"
TELLS = "It is the debrief of the source Heronsgate."
CODES = {1: ("CND", ""), 2: ("ND", "It is about another address"), 3: ("D", "She saw two men")}


def a_schedule(*items: str, first: int = 1, form: str = "MG6C") -> str:
    """Return the words of a .csv schedule."""
    titles = {"MG6C": "SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL",
              "MG6D": "SCHEDULE OF SENSITIVE MATERIAL"}  # fmt: skip
    head = "Item No.,Description,Location\n"
    if form == "MG6D":
        head = "Item No.,Description,Reason for sensitivity\n"
    rows = [f'{number},"{words}","Property store"' for number, words in enumerate(items, first)]
    return f"{form} {titles[form]}\n{head}" + "\n".join(rows) + "\n"


def a_report(*rows: str) -> str:
    """Return the words of an officer's report as a .csv file: number, schedule, why, copy."""
    head = "Item No.,Schedule,Why it may undermine or assist,Copy"
    return "\n".join(["MG6E DISCLOSURE OFFICER’S REPORT", head, *rows]) + "\n"


def written(**files: str) -> list[HandedOver]:
    """Return files as they were handed over; a name's underscore stands before its ending."""
    folder = Path(tempfile.mkdtemp(prefix="schedules-", dir=settings.HOME))
    found = []
    for name, words in files.items():
        path = folder / name.replace("_", ".")
        path.write_text(words, encoding="utf-8")
        found.append(HandedOver(path.name, path))
    return found


def a_defendant(case: Case | None = None, name: str = "Marsden") -> Defendant:
    """Return a defendant of a new case, unless one is given."""
    case = case or given.a_case()
    return Defendant.objects.create(
        case=case, key=name.lower(), title="Mr", given_names="Dean", family_name=name
    )


def a_police_unit() -> Unit:
    """Return the Area's unit of the police."""
    return given.a_unit(Unit.Kind.POLICE)


def a_police_partner() -> User:
    """Return somebody of the unit of the police to which schedules go back."""
    return given.a_person(Role.POLICE_PARTNER, unit=a_police_unit())


def a_duty(*, court: str = "CROWN", case: Case | None = None, name: str = "Marsden",
           sent: date = SENT) -> DisclosureDuty:  # fmt: skip
    """Return a duty that began, with no schedule yet."""
    given.a_started_area()
    trigger = Trigger(court=court, triggered_on=sent, remand="CUSTODY")
    return start_duty(a_defendant(case, name), trigger, by=None, at=given.NOON)


def checked(duty: DisclosureDuty, **files: str) -> Delivery:
    """Return a delivery that was checked and not taken in."""
    files = files or {"mg6c_csv": a_schedule(*OPEN_ITEMS)}
    return check_delivery(
        duty, written(**files), police_unit=a_police_unit(), is_whole=False, by=None, at=given.NOON
    )


def received(duty: DisclosureDuty, **files: str) -> Delivery:
    """Return a delivery that was taken in, with a reason for each item that left by it."""
    came = checked(duty, **files)
    return take_in(came, let_go=letting_go(came), by=None, at=given.NOON)


def letting_go(delivery: Delivery, reason: str = "It stands on another schedule") -> LetGo:
    """Return the leave of every item that a delivery leaves out."""
    return LetGo([item.pk for item in versions_of(delivery).leaving], reason)


def returned(duty: DisclosureDuty, **files: str):
    """Return what went back to the police."""
    asked = {"Schedules of unused material not completed correctly": ["Say what item 1 shows."]}
    return return_to_police(
        received(duty, **files), asked, unit=a_police_unit(), answer_by=date(2026, 10, 12),
        by=a_lawyer(), at=given.NOON,
    )  # fmt: skip


def adequate(duty: DisclosureDuty, **files: str) -> DisclosureDuty:
    """Return the duty once a delivery was found adequate."""
    find_adequate(
        received(duty, **files), reason="Good enough for this case", by=None, at=given.NOON
    )
    return fresh(duty)


def reviewing(**duty) -> DisclosureDuty:
    """Return a duty whose items wait to be endorsed: three open, and a sensitive one."""
    begun = a_duty(**duty)
    return adequate(
        begun, mg6c_csv=a_schedule(*OPEN_ITEMS), mg6d_csv=a_schedule(SECRET, form="MG6D")
    )


def endorse_all(duty: DisclosureDuty, *, by: User | None, codes=None) -> DisclosureDuty:
    """Endorse every item of a duty."""
    codes = codes or CODES
    for line in lines_of(duty):
        code, reason = codes.get(line.item.number, ("CND", ""))
        if line.form == "MG6D":
            code, reason = "SN", "It names a source"
        wish = Written(item_id=line.item.pk, code=code, reason=reason)
        endorse_item(duty, wish, by=by, at=given.NOON)
    return fresh(duty)


def a_lawyer(role: str = Role.PROSECUTOR) -> User:
    """Return a lawyer of the unit."""
    return given.a_person(role)


def endorsed(**duty) -> DisclosureDuty:
    """Return a duty that waits to be approved."""
    begun = reviewing(**duty)
    return endorse_all(begun, by=a_lawyer())


def endorse(duty: DisclosureDuty, item: Item, code: str, *, reason: str, by: User | None) -> None:
    """Write one endorsement against an item."""
    wish = Written(item_id=item.pk, code=code, reason=reason)
    endorse_item(duty, wish, by=by, at=given.NOON)


def approve_since(duty: DisclosureDuty) -> DisclosureDuty:
    """Return a served duty once a second person looked at what was decided since."""
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    approve_later(duty, looked_again=again, by=a_lawyer(Role.LEGAL_MANAGER), at=given.NOON)
    return fresh(duty)


def approved(**duty) -> DisclosureDuty:
    """Return a duty that waits to be served."""
    begun = endorsed(**duty)
    again = [line.item.pk for line in second_looks(lines_of(begun))]
    manager = a_lawyer(Role.LEGAL_MANAGER)
    approve_duty(begun, looked_again=again, released=again, by=manager, at=given.NOON)
    return fresh(begun)


def a_service(duty: DisclosureDuty, **more) -> Service:
    """Return the service of all that is owed."""
    things = frozenset(item.key for item in owed([line.standing for line in lines_of(duty)]))
    said = {"method": "DCS", "proof": "Receipt 4471", "served_at": given.NOON, "things": things}
    return Service(**(said | more))


def served(**duty) -> DisclosureDuty:
    """Return a duty that was served, the court not yet told."""
    begun = approved(**duty)
    serve(begun, a_service(begun), by=a_lawyer(), at=given.NOON)
    return fresh(begun)


def approve_and_serve(duty: DisclosureDuty, *, at=given.NOON, **service) -> DisclosureDuty:
    """Return an endorsed duty once a second person approved it and it was served."""
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    manager = a_lawyer(Role.LEGAL_MANAGER)
    approve_duty(duty, looked_again=again, released=again, by=manager, at=at)
    serve(fresh(duty), a_service(duty, **service), by=a_lawyer(), at=at)
    return fresh(duty)


def approve_and_serve_nothing(duty: DisclosureDuty) -> DisclosureDuty:
    """Return an endorsed duty once the defence has the statement that there is nothing."""
    approve_duty(duty, by=a_lawyer(Role.LEGAL_MANAGER), at=given.NOON)
    serve(fresh(duty), a_service(duty, is_nil=True), by=a_lawyer(), at=given.NOON)
    return fresh(duty)


def endorsed_around_an_item() -> DisclosureDuty:
    """Return a duty that waits to be approved while one item waits, in somebody's name."""
    duty = reviewing()
    for line in lines_of(duty):
        if line.item.number == 2:
            set_aside(duty, line.item.pk, reason="The log is still with the force",
                      decide_by=date(2026, 10, 9), by=a_lawyer(), at=given.NOON)  # fmt: skip
            continue
        code, reason = CODES[line.item.number] if line.form == "MG6C" else ("SN", "A source")
        wish = Written(item_id=line.item.pk, code=code, reason=reason)
        endorse_item(duty, wish, by=a_lawyer(), at=given.NOON)
    return fresh(duty)


def with_an_item_set_aside() -> DisclosureDuty:
    """Return a duty that was served while one item waited, in somebody's name."""
    return approve_and_serve(endorsed_around_an_item())


def court_told(**duty) -> DisclosureDuty:
    """Return a duty whose defence statement is awaited."""
    begun = served(**duty)
    tell_court(begun.servings.get(), given.NOON, by=a_lawyer(), at=given.NOON)
    return fresh(begun)


def served_after_approval(duty: DisclosureDuty) -> DisclosureDuty:
    """Return an approved duty once it was served."""
    serve(duty, a_service(duty), by=a_lawyer(), at=given.NOON)
    return fresh(duty)


def stated(*requests: str, **duty) -> DisclosureDuty:
    """Return a duty with a defence statement."""
    begun = court_told(**duty)
    asked = requests or ("The CCTV of the yard", "Notes of the first officer")
    record_statement(begun, given.NOON.date(), asked, by=a_lawyer(), at=given.NOON)
    return fresh(begun)


def with_an_answer_sent() -> DisclosureDuty:
    """Return a duty with three requests: an answer that was sent, one that was not, and none."""
    duty = stated("The film of the yard", "Notes of the first officer", "The log of the gate")
    first, second, _ = DefenceRequest.objects.filter(statement__duty=duty)
    by, at = a_lawyer(), given.NOON
    answer_request(first, "NOT_HELD", answer="No film was made of it.", by=by, at=at)
    send_answers(duty, Sent(method="POST", proof="Receipt 88", sent_at=at), by=by, at=at)
    answer_request(second, "NOT_HELD", answer="Nobody took notes.", by=by, at=at)
    return fresh(duty)


def with_an_answer_that_tells() -> DisclosureDuty:
    """Return a duty with an answer that was not sent and tells of what came as sensitive since."""
    duty = stated("Notes of the first officer")
    sensitive = Item.objects.filter(schedule__form="MG6D", schedule__delivery__case=duty.case_id)
    words = dict(sensitive.values_list("pk", "description"))
    sensitive.update(description="A card of Mr Penrose at the bar")
    [asked] = DefenceRequest.objects.filter(statement__duty=duty)
    answer_request(asked, "NOT_HELD", answer=TELLS, by=a_lawyer(), at=given.NOON)
    for pk, description in words.items():
        Item.objects.filter(pk=pk).update(description=description)
    return fresh(duty)


def stated_nothing(duty: DisclosureDuty) -> DisclosureDuty:
    """Return a duty whose defence statement asks for nothing, once a lawyer looked again."""
    record_statement(duty, given.NOON.date(), [], by=a_lawyer(), at=given.NOON)
    look_again(duty, NOTHING_MORE, words="Nothing withheld tells where he was", by=a_lawyer(),
               at=given.NOON)  # fmt: skip
    return fresh(duty)


def fresh(duty: DisclosureDuty) -> DisclosureDuty:
    """Return a duty as the database has it now."""
    return DisclosureDuty.objects.get(pk=duty.pk)
