"""One walk through every page and file that shows a disclosure, for words that it may not show.

A word that stands nowhere else is planted in each place that is for the lawyers of the unit alone;
no other person finds one of them, whatever they open.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.core import mail
from django.db.models import QuerySet
from django.test import Client

from forthright.accounts.models import Role, Unit, User
from forthright.accounts.permissions import TABLE
from forthright.audit.models import Event
from forthright.calibration.models import Round, RoundLetter
from forthright.calibration.services import rounds
from forthright.disclosure.models import (
    AnswersSending,
    DefenceRequest,
    Delivery,
    DisclosureDuty,
    Item,
    PoliceReturn,
)
from forthright.disclosure.selectors.findings import note_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.answering import answer_request, record_statement
from forthright.disclosure.services.bringing import give_up
from forthright.disclosure.services.handing_in import hand_in
from forthright.disclosure.services.holding import hold_back
from forthright.disclosure.services.managing import write_document
from forthright.disclosure.services.sending import Sent, send_answers
from forthright.disclosure.services.serving import send_back, tell_court
from forthright.disclosure.services.triage import return_to_police
from forthright.reviews.models import Dispute, Feedback, Mark, Review, SecondMarking
from forthright.reviews.services import (
    Answer,
    dispute_mark,
    finish_review,
    open_review,
    refuse_dispute,
    save_marks,
    save_summary,
    tell_drafter,
)
from forthright.reviews.services.reading import reply_to_feedback
from forthright.samples.models import Draw, DrawnLetter, Plan
from tests import given
from tests.calibration.rounds_given import a_closed_round, agreed_levels
from tests.disclosure import duties, sampled
from tests.disclosure.test_pack import everything_in
from tests.journeys.addresses import PART
from tests.test_matrix import EVERY_PAGE

pytestmark = pytest.mark.django_db

SENSITIVE, WHY_SENSITIVE = "Heronsgate", "Quillmark"
HELD, WHY_HELD = "Ashbourneton", "Tarnwick"
QUERIED, WHY_QUERIED = "Pellingford", "Marrowby"
SENT_BACK, ADEQUATE, REPORTED = "Oxenhythe", "Dunmallow", "Veyrthorpe"
THROWN_AWAY, WHY_THROWN = "Skerrivale", "Lothmere"
# Each stands in words about marks that name somebody whose letter is held back after that.
NOTED, DONE_WELL, TO_CHANGE = "Wexcombe", "Brindlemoor", "Farrowdean"
TOLD, REPLIED, DISPUTED, DECIDED = "Kestonbury", "Lydenhurst", "Morvale", "Netherquay"
SAID, SAID_BEFORE, AGREED = "Orlestone", "Pennithorne", "Quarrendene"
OF_MARKS = (
    NOTED, DONE_WELL, TO_CHANGE, TOLD, REPLIED, DISPUTED, DECIDED, SAID, SAID_BEFORE, AGREED,
)  # fmt: skip
PLANTED = (
    SENSITIVE, WHY_SENSITIVE, HELD, WHY_HELD, QUERIED, WHY_QUERIED, SENT_BACK, ADEQUATE, REPORTED,
    THROWN_AWAY, WHY_THROWN, *OF_MARKS,
)  # fmt: skip
VAN = "Receipt for the hire of a van on 3 May 2026 by the defendant"
LETTER = f"Letter of 9 May 2026 by Mrs {HELD} about the place where she works in the evenings"
LOG = f"Storm incident log 1881 of 1 June 2026 of the call by Mr {QUERIED} about the fight"
SECRET = f"Debrief of the source {SENSITIVE} about the stolen van"
MG6D = (
    "MG6D SCHEDULE OF SENSITIVE MATERIAL\nItem No.,Description,Reason for sensitivity\n"
    f'1,"{SECRET}","It names {WHY_SENSITIVE}"\n'
)
MG6E = (
    "MG6E DISCLOSURE OFFICER’S REPORT\nItem No.,Form,Reason,Copy supplied\n"
    f'1,MG6D,"{REPORTED} says that he was not there",Yes\n'
)
NOTE = {"D4": "PARTIALLY"}
# One is served before it is held back, the other is only on the schedule that went with it.
CODES = {1: ("CND", ""), 2: ("D", "She saw it"), 3: ("ND", "It is about another address")}
AFTER = sampled.LATER + timedelta(hours=2)
# What shows a disclosure, or lists, counts, marks or finds one.
ROOMS = (
    "disclosure", "returned-schedules", "reviews", "samples", "feedback", "disputes",
    "second-marks", "record/", "peer", "calibration",
)  # fmt: skip
MARKS = ("/reviews/", "/feedback/", "/disputes/", "/calibration/")
OUTSIDERS = (
    (Role.LINE_MANAGER, Unit.Kind.CROWN_COURT), (Role.SENIOR_MANAGER, Unit.Kind.CROWN_COURT),
    (Role.INSPECTOR, Unit.Kind.CROWN_COURT), (Role.POLICE_PARTNER, Unit.Kind.POLICE),
    (Role.PROSECUTOR, Unit.Kind.RASSO), (Role.LEGAL_MANAGER, Unit.Kind.RASSO),
)  # fmt: skip
# Who marks it in a round and decides a dispute of it; the legal manager above marks it blind.
IN_ROUND = (
    (Role.LINE_MANAGER, Unit.Kind.MAGISTRATES), (Role.LEGAL_MANAGER, Unit.Kind.MAGISTRATES),
)  # fmt: skip


def versions(*letters: str) -> str:
    return duties.a_schedule(VAN, *letters)


def about(word: str) -> str:
    return f"{word}: Mrs {HELD} is named"


def marked(duty: DisclosureDuty, people: dict[str, User], others: list[User]) -> User:
    """Mark it by a line manager, quote what is held back after that, and let it be disputed.

    It is marked in a round, too. Returns whose disclosure it is.
    """
    manager = people[Role.LINE_MANAGER]
    review = open_review(sampled.drawn(duty, manager), by=manager, at=sampled.LATER)
    answers = sampled.answers_for(review, NOTE)
    answers["D4"] = Answer(level="PARTIALLY", quotation=LETTER, note=about(NOTED))
    save_marks(review, answers, by=manager, at=sampled.LATER)
    summary = replace(sampled.SUMMARY, done_well=about(DONE_WELL), to_change=about(TO_CHANGE))
    save_summary(review, summary, by=manager, at=sampled.LATER)
    finish_review(review, by=manager, at=sampled.LATER)
    told = tell_drafter(review, text=about(TOLD), by=manager, at=sampled.LATER)
    mark = review.marks.get(criterion__code="D4")
    reply_to_feedback(told, about(REPLIED), by=told.drafter, at=sampled.LATER)
    raised = dispute_mark(told, mark, by=told.drafter, at=sampled.LATER, reason=about(DISPUTED))
    in_a_round(review, others)
    refuse_dispute(raised, by=others[1], at=AFTER, reason=about(DECIDED))
    SecondMarking.objects.create(
        area=review.area, unit=review.unit, review=review, marker=people[Role.LEGAL_MANAGER],
        chosen_at=sampled.LATER,
    )  # fmt: skip
    return told.drafter


def in_a_round(review: Review, others: list[User]) -> None:
    """Mark it in a calibration round, write twice what was said there, and agree the marks."""
    leader = duties.a_lawyer(Role.LEGAL_MANAGER)
    held = a_closed_round(reviews=[review], people=others, leader=leader, at=sampled.LATER)
    letter = RoundLetter.objects.select_related("round__edition", "review").get(round=held)
    for word in (SAID_BEFORE, SAID):
        rounds.note_discussion(letter, about(word), by=leader, at=AFTER)
    agreed = agreed_levels(letter)
    agreed["D4"] = replace(agreed["D4"], reason=about(AGREED))
    rounds.agree_marks(letter, agreed, by=leader, at=AFTER)


def served_and_marked(people: dict[str, User], others: list[User]) -> tuple[DisclosureDuty, User]:
    """Return a duty that was served with all words but the sensitive ones, and then marked.

    Beside it, whose disclosure it is.
    """
    lawyer, legal = duties.a_lawyer(), duties.a_lawyer(Role.LEGAL_MANAGER)
    duty = duties.a_duty()
    came = duties.received(duty, c_csv=versions(LETTER, LOG), d_csv=MG6D, e_csv=MG6E)
    duties.find_adequate(came, reason=f"{ADEQUATE} is known", by=lawyer, at=given.NOON)
    duty = duties.endorse_all(duties.fresh(duty), by=lawyer, codes=CODES)
    send_back(duty, reason=f"Look at {SENT_BACK} again", by=legal, at=given.NOON)
    duty = duties.endorse_all(duties.fresh(duty), by=lawyer, codes=CODES)
    written = {"issues": f"Whether Mrs {HELD} saw the fight."}
    write_document(duty, written, by=lawyer, at=given.NOON)
    duty = duties.approve_and_serve(duty)
    asked = ["The log of the call"]
    tell_court(duty.servings.get(), given.NOON, by=lawyer, at=given.NOON)
    record_statement(
        duties.fresh(duty), date(2026, 10, 9), asked, by=lawyer, at=given.at("2026-10-09 12:00")
    )
    asked = DefenceRequest.objects.get(statement__duty=duty)
    at = given.at("2026-10-09 13:00")
    answer_request(asked, "NOT_HELD", answer="There is no log but that one.", by=lawyer, at=at)
    sent = Sent(method="POST", proof="Receipt 88", sent_at=at)
    send_answers(duties.fresh(duty), sent, by=lawyer, at=at)
    drafter = marked(duty, people, others)
    return duties.fresh(duty), drafter


def held_since(duty: DisclosureDuty, people: dict[str, User]) -> None:
    """Hold back and query what was read before, and let it come again in other versions."""
    lawyer = duties.a_lawyer()
    item = {line.item.number: line.item for line in lines_of(duty) if line.form == "MG6C"}
    hold_back(item[2], reason=f"{WHY_HELD} looks for her", by=lawyer, at=AFTER)
    duties.endorse(duty, item[3], "Q", reason=f"{WHY_QUERIED} asks", by=lawyer)
    gone = f"Diary of Mrs {THROWN_AWAY}, with the days on which she met nobody in the park"
    thrown = duties.checked(duty, c_csv=versions(LETTER, LOG, gone))
    held = thrown.schedules.get().items.get(number=4)
    hold_back(held, reason=f"{WHY_THROWN} asks", by=lawyer, at=AFTER)
    give_up(thrown, by=lawyer, at=AFTER)
    again = duties.checked(duty, c_csv=versions(LOG, f"{LETTER} and nights", gone), d_csv=MG6D)
    back = return_to_police(
        duties.take_in(again, let_go=duties.letting_go(again), by=None, at=AFTER),
        {each["reason"]: each["requests"] for each in note_of(again)}
        or {"Schedules of unused material not completed correctly": ["Number the items."]},
        unit=duties.a_police_unit(), answer_by=date(2026, 11, 30), by=lawyer, at=AFTER,
    )  # fmt: skip
    files = duties.written(c_csv=versions(LOG, LETTER, gone), d_csv=MG6D, e_csv=MG6E)
    hand_in(back, files, by=people[Role.POLICE_PARTNER], at=AFTER)


def known() -> dict[str, list[object]]:
    """Return what fills each part of an address."""
    models = {
        "disclosure_id": DisclosureDuty, "delivery_id": Delivery, "return_id": PoliceReturn,
        "request_id": DefenceRequest, "schedule_item_id": Item, "drawn_letter_id": DrawnLetter,
        "letter_id": DrawnLetter, "draw_id": Draw, "plan_id": Plan, "feedback_id": Feedback,
        "sending_id": AnswersSending,
        "mark_id": Mark, "marking_id": SecondMarking, "dispute_id": Dispute, "round_id": Round,
    }  # fmt: skip
    rows: dict[str, QuerySet] = {name: each.objects.order_by("pk") for name, each in models.items()}
    rows["mark_id"] = rows["mark_id"].filter(criterion__code="D4")
    rows["schedule_item_id"] = rows["schedule_item_id"].filter(schedule__is_live=True)
    found: dict[str, list[object]] = {
        name: list(each.values_list("pk", flat=True)) for name, each in rows.items()
    }
    return found | {"month": ["2026-10"], "ending": ["docx"], "figure": ["q2", "d4"]}


def addresses() -> list[tuple[str, frozenset[str]]]:
    """Return every address of the rooms, filled with each thing, and who may open such a page."""
    parts_known = known()
    in_rounds = {"letter_id": list(RoundLetter.objects.values_list("pk", flat=True))}
    found = []
    for pattern, view in EVERY_PAGE:
        parts = PART.findall(pattern)
        is_shown = pattern.startswith(ROOMS) or not pattern
        if "GET" not in view.methods or not is_shown or not {*parts} <= {*parts_known}:
            continue
        roles = frozenset(role for role in TABLE if {*view.permissions} & {*TABLE[role]})
        filling = parts_known | (in_rounds if "round_id" in parts else {})
        for chosen in product(*(filling[part] for part in parts)):
            filled = iter(chosen)
            address = "/" + PART.sub(lambda _, filled=filled: str(next(filled)), pattern)
            found.append((address, roles))
    return found


def read_by(
    person: User, wanted: list[tuple[str, frozenset[str]]]
) -> tuple[dict[str, set[str]], int]:
    """Return the words that a person finds, each with where, and how many addresses opened."""
    client, found, opened = Client(), {}, 0
    client.force_login(person)
    for address, roles in wanted:
        if person.role not in roles:
            continue
        answer = client.get(address)
        opened += answer.status_code == 200
        content = b"".join(answer) if answer.streaming else answer.content
        is_page = answer.get("Content-Type", "").startswith("text/")
        said = content.decode() if is_page else everything_in(content)
        for word in PLANTED:
            if word in said:
                found.setdefault(word, set()).add(address)
    return found, opened


def check_marks(wanted: list[tuple[str, frozenset[str]]], others: list[User], drafter: User):
    """Check that the words about marks are read in the unit, and elsewhere none of them."""
    of_marks = [each for each in wanted if each[0].startswith(MARKS)]
    by_manager, _ = read_by(duties.a_lawyer(Role.LEGAL_MANAGER), of_marks)
    by_drafter, _ = read_by(drafter, of_marks)
    assert set(by_manager) | set(by_drafter) >= set(OF_MARKS)

    User.objects.filter(pk=drafter.pk).update(unit=given.a_unit(Unit.Kind.RASSO))
    readers = [*others, User.objects.get(pk=drafter.pk)]
    elsewhere = {str(person): read_by(person, wanted) for person in readers}
    assert {name: found for name, (found, _) in elsewhere.items() if found} == {}
    assert min(opened for _, opened in elsewhere.values()) >= 3


def test_no_page_and_no_file_tells_anybody_else_what_is_for_the_lawyers_of_the_unit():
    with time_machine.travel(given.NOON, tick=False):
        people = {role: given.a_person(role, unit=given.a_unit(kind)) for role, kind in OUTSIDERS}
        others = [given.a_person(role, unit=given.a_unit(kind)) for role, kind in IN_ROUND]
        duty, drafter = served_and_marked(people, others)
        held_since(duty, people)
    with time_machine.travel(AFTER, tick=False):
        wanted = addresses()
        read = {role: read_by(person, wanted) for role, person in people.items()}
        theirs = [each for each in wanted if "/deliveries/" in each[0] or "/record/" in each[0]]
        by_lawyer, _ = read_by(duties.a_lawyer(), theirs)
        check_marks(wanted, others, drafter)

    assert {role: found for role, (found, _) in read.items() if found} == {}
    # A walk on which nothing opens, or on which nothing is planted, proves nothing.
    assert min(opened for _, opened in read.values()) >= 3
    assert read[Role.INSPECTOR][1] >= 20
    assert set(by_lawyer) == set(PLANTED) - set(OF_MARKS)
    sent = "".join(each.subject + str(each.body) for each in mail.outbox)
    kept = "".join(
        map(str, Event.objects.exclude(name="disclosure.sent_back").values_list("detail"))
    )
    assert [word for word in PLANTED if word in sent + kept] == []
