"""Duties to disclose in a made-up Area, in every state, each reached through the product."""

import csv
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from django.db import transaction

from forthright.accounts.models import Role, Unit, User
from forthright.cases.hearings import listed_of
from forthright.cases.models import Defendant
from forthright.demo.loading import Loaded
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.answering import record_statement
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.endorsing import Written, endorse_item
from forthright.disclosure.services.looking_again import NOTHING_MORE, look_again
from forthright.disclosure.services.reading import HandedOver
from forthright.disclosure.services.serving import (
    Service,
    approve_duty,
    second_looks,
    serve,
    tell_court,
)
from forthright.disclosure.services.starting import Trigger, start_duty
from forthright.disclosure.services.triage import find_adequate, return_to_police
from forthright.rules.disclosure_duty import DutyState, owed

CROWN = Unit.Kind.CROWN_COURT
# What an open schedule lists, each with how it is endorsed and why.
OPEN = (
    ("Receipt for the hire of a white van from Dunsby Hire on 3 May, in the defendant’s name",
     "CND", ""),
    ("Storm incident log 1881: the call of a neighbour about shouting, and who was sent", "D",
     "The caller describes two men, and the defendant says he was alone"),
    ("First account of the neighbour to an officer at the door, in her own words", "D",
     "She was not sure of the time"),
    ("Crime report with the officers’ enquiries from 3 to 9 May and their results", "ND",
     "All that bears on the issues is in the statements served"),
    ("Custody record of the defendant, with the times of rest and the visit of a doctor", "CND",
     "Nothing in it bears on the issues; he makes no complaint"),
    ("Letter of the landlord about the lock of the yard gate, changed in March", "CND", ""),
    ("House-to-house questionnaires of 4 May: nobody at numbers 2 to 16 saw anything", "I",
     "Those who saw nothing may help the defence"),
    ("Rota of the officers on duty in Dunsby on 3 May, made for the custody desk", "CND", ""),
)  # fmt: skip
THIN = ("CCTV", "Pocket book", "Various e-mails", "MG11")
SECRET = ("Where the observation post stood, and who lent it", "It would show a helper’s home")
REQUESTS = ("The recording of the camera at the yard gate", "The notes of the first officer there")
LOOKED = "He says that he was at home; nothing that was withheld tells where he was"
PAST, WEEKS_AGO = 16, 13
MOST = 120  # defendants looked at: those of the register come first, by their URN
ASKED = {
    "Schedules of unused material not completed correctly": (
        "MG6C items 1 to 4: say what each shows, who made it and when.",
    ),
    "Rebuttable presumption material not provided": ("MG6C: list the incident log and send it.",),
}


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does what in the demonstration."""

    lawyer: User
    approver: User
    police: Unit


@transaction.atomic
def disclose(loaded: Loaded, *, seed: int, until: datetime) -> list[DisclosureDuty]:
    """Begin duties to disclose in Crown Court cases and bring each as far as its place says."""
    chance = Random(f"disclosing {seed}")
    unit, police = loaded.units[CROWN], loaded.units[Unit.Kind.POLICE]
    lawyer = next(each for each in loaded.people[Role.PROSECUTOR] if each.unit_id == unit.pk)
    approver = next(each for each in loaded.people[Role.LEGAL_MANAGER] if each.unit_id == unit.pk)
    hands = Hands(lawyer, approver, police)
    steps = (*((state, 40) for state in DutyState if state is not DutyState.CLOSED),
             (DutyState.TRIGGERED, 60))  # fmt: skip
    found = list(Defendant.objects.filter(case__unit=unit).order_by("-case__urn", "-pk")[:MOST])
    heard = [(each, _sent(each, until)) for each in found]
    to_come = [(each, sent) for each, sent in heard if sent is not None][: len(steps)]
    others = iter([each for each, sent in heard if sent is None])
    made = []
    for number, (state, days) in enumerate(steps):
        defendant, sent = (
            to_come[number] if number < len(to_come)
            else (next(others), _court_day(until - timedelta(days=days)))
        )  # fmt: skip
        made.append(_brought(defendant, state, sent, until, hands))
    return made + [_past(each, chance, until, hands) for each in islice(others, PAST)]


def _sent(defendant: Defendant, until: datetime) -> datetime | None:
    """Return when the register of recordings says that the case was sent, if it keeps the case."""
    listed = listed_of(defendant.case_id)
    if listed is None or listed.sent_on is None:
        return None
    return until - (until.date() - listed.sent_on)


def _court_day(moment: datetime) -> datetime:
    """Return the moment, or the same hour of the last day before it on which courts sit."""
    return moment - timedelta(days=max(0, moment.weekday() - 4))


def _past(defendant: Defendant, chance: Random, until: datetime, hands: Hands) -> DisclosureDuty:
    """Return a duty that was due some weeks ago: most were served in time, some late or never."""
    sent = _court_day(until - timedelta(days=7 * WEEKS_AGO + chance.randrange(-12, 12)))
    if chance.random() < 0.1:
        return _begun(defendant, sent, hands)
    served = sent + timedelta(days=50 + chance.choice((-9, -6, -4, -2, -1, 0, 0, 2, 5)))
    state = chance.choice((DutyState.COURT_TOLD, DutyState.COURT_TOLD, DutyState.CONTINUING))
    return _brought(defendant, state, sent, served, hands)


def _begun(defendant: Defendant, sent: datetime, hands: Hands) -> DisclosureDuty:
    trigger = Trigger(court="CROWN", triggered_on=sent.date(), remand="CUSTODY")
    return start_duty(defendant, trigger, by=hands.lawyer, at=sent)


def _brought(
    defendant: Defendant, state: DutyState, sent: datetime, at: datetime, hands: Hands
) -> DisclosureDuty:
    """Return a duty that was sent then and has come so far by now."""
    duty = _begun(defendant, sent, hands)
    if state is DutyState.TRIGGERED:
        return duty
    is_thin = state in {DutyState.RECEIVED, DutyState.RETURNED}
    delivery = _delivered(duty, hands, at, is_thin=is_thin)
    if state is DutyState.RETURNED:
        return_to_police(delivery, ASKED, unit=hands.police, by=hands.lawyer, at=at,
                         answer_by=at.date() + timedelta(days=7))  # fmt: skip
    if is_thin:
        return DisclosureDuty.objects.get(pk=duty.pk)
    find_adequate(delivery, reason="Each item can be decided on", by=hands.lawyer, at=at)
    return _worked(DisclosureDuty.objects.get(pk=duty.pk), state, at, hands)


def _worked(duty: DisclosureDuty, state: DutyState, at: datetime, hands: Hands) -> DisclosureDuty:
    """Endorse, approve, serve and answer as far as the state says."""
    order = tuple(DutyState)
    reached = order.index(state)
    lines = lines_of(duty)
    if state is DutyState.REVIEWING:
        lines = lines[: len(lines) // 2]
    for line in lines:
        _endorse(duty, line.item.pk, line.item.number or 1, line.form, hands=hands, at=at)
    if reached >= order.index(DutyState.APPROVED):
        again = [line.item.pk for line in second_looks(lines_of(duty))]
        approve_duty(duty, looked_again=again, released=again, by=hands.approver, at=at)
    if reached >= order.index(DutyState.SERVED):
        _serve(duty, at, hands)
    if reached >= order.index(DutyState.COURT_TOLD):
        tell_court(duty.servings.get(), at, by=hands.lawyer, at=at)
    if reached >= order.index(DutyState.STATEMENT):
        asked = REQUESTS if state is DutyState.STATEMENT else ()
        record_statement(duty, at.date(), asked, by=hands.lawyer, at=at)
    if reached >= order.index(DutyState.CONTINUING):
        look_again(duty, NOTHING_MORE, words=LOOKED, by=hands.lawyer, at=at)
    return DisclosureDuty.objects.get(pk=duty.pk)


def _endorse(
    duty: DisclosureDuty, item: int, number: int, form: str, *, hands: Hands, at: datetime
) -> None:
    code, reason = ("SN", SECRET[1]) if form == "MG6D" else OPEN[number - 1][1:]
    written = Written(item_id=item, code=code, reason=reason)
    endorse_item(duty, written, by=hands.lawyer, at=at)


def _serve(duty: DisclosureDuty, at: datetime, hands: Hands) -> None:
    things = frozenset(each.key for each in owed(line.standing for line in lines_of(duty)))
    service = Service(method="DCS", proof=f"Receipt {4000 + duty.pk}", served_at=at, things=things)
    serve(duty, service, by=hands.lawyer, at=at)


def _delivered(duty: DisclosureDuty, hands: Hands, at: datetime, *, is_thin: bool) -> Delivery:
    with tempfile.TemporaryDirectory(prefix="forthright-demo-") as folder:
        files = [_file(Path(folder), "MG6C", THIN if is_thin else [row[0] for row in OPEN])]
        if not is_thin:
            files.append(_file(Path(folder), "MG6D", [SECRET[0]]))
        delivery = check_delivery(
            duty, files, police_unit=hands.police, is_whole=False, by=hands.lawyer, at=at
        )
    return take_in(delivery, by=hands.lawyer, at=at)


def _file(folder: Path, form: str, items: list[str] | tuple[str, ...]) -> HandedOver:
    """Write a made-up schedule as a .csv file."""
    path = folder / f"{form}.csv"
    last, words = ("Reason for sensitivity", SECRET[1]) if form == "MG6D" else (
        "Location", "Property store, Dunsby")  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([f"{form} schedule of unused material"])
        rows.writerow(["Item No.", "Description", last])
        rows.writerows([number, item, words] for number, item in enumerate(items, 1))
    return HandedOver(path.name, path)
