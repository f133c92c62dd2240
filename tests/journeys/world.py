"""An Area in which every kind of thing exists, so that every page has something to show."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from forthright.accounts.models import Role, Unit, User
from forthright.cases.models import PersonToTell
from forthright.disclosure.services.answering import record_statement
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.managing import write_document
from forthright.disclosure.services.starting import close_duty
from forthright.disclosure.services.taking_back import ask_to_take_back, take_back
from forthright.disclosure.services.triage import answer_return
from forthright.extracts.imports import checking
from forthright.extracts.models import WaitingFile
from forthright.extracts.plans import Kind
from forthright.extracts.services import hand_over
from forthright.letters.marked_text import marked_text
from forthright.letters.models import (
    Dispatch,
    Letter,
    NoteMark,
    ReasonsNote,
)
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services import keep_words
from forthright.letters.services.calling import record_call
from forthright.letters.services.delivery import note_event
from forthright.letters.services.drafting import keep_edit
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.letters.services.notes import mark_note, write_note
from forthright.letters.services.printing import make_batch
from forthright.letters.services.rule_sets import adopt
from forthright.letters.services.sending import send
from forthright.panels.services.holding_back import hold_back
from forthright.panels.services.meeting import publish_note
from forthright.panels.services.paper import Written, note_printed, type_in
from forthright.panels.services.reading import declare, keep_reading
from forthright.panels.services.recognising import put_aside
from forthright.reports.services import make_weekly_report
from forthright.reviews.models import SecondMarking
from forthright.reviews.services import tell_drafter
from forthright.rules.case_file import LetterKind
from forthright.rules.contact_lock import Way
from forthright.rules.panel_questions import YES
from forthright.rules.weeks import Week
from forthright.samples.models import DrawnLetter
from forthright.samples.services.overruled import note_looked_at
from forthright.schemes.models import Duty
from forthright.schemes.services import StageTimes, mark_not_required, record_stages_bulk
from forthright.standards.models import Edition, Subject
from forthright.standards.services import copy_edition
from tests import given
from tests.calibration import rounds_given
from tests.disclosure import duties, sampled
from tests.extracts import files
from tests.hard_media import everything
from tests.letter_templates import wordings
from tests.letters import other_letters
from tests.morning_lists import mornings
from tests.panels import made, marked_by_both, sittings
from tests.panels.test_changed_while_read import hour, released_again
from tests.peer_checks import put_forward
from tests.reviews import twice

CHARTED = [Week(2026, number) for number in (30, 31, 32)]


def fill(folder: Path) -> None:
    """Make letters, samples, marks, feedback, disputes, imports, drafts and a report."""
    given.an_area_that_reports()
    liaison = given.a_unit(Unit.Kind.VLU)
    marker = given.a_person(Role.LINE_MANAGER, unit=given.a_unit())
    people = [given.a_person(role) for role in Role.values]
    administrator = next(each for each in people if each.role == Role.ADMINISTRATOR)
    letters_in_every_state(given.a_person(Role.LEGAL_MANAGER))
    letters_being_written(people)
    other_letters_in_every_state()
    given.a_drawn_letter(marker=marker)
    given.a_drawn_letter(marker=marker, is_sent=False)
    stops_overruled(marker)
    letters_being_marked(marker)
    letters_marked_twice(marker)
    files_handed_over(folder, given.a_person(Role.LINE_MANAGER, unit=liaison))
    changes_of_wording()
    duties_to_disclose()
    letters_for_the_panel(people)
    letters_the_panel_marked(people, marker)
    copy_edition(
        Edition.objects.filter(subject=Subject.LETTERS).first(), by=administrator, at=given.NOON
    )
    sets_of_rules()
    weeks_for_a_chart()
    everything.register(people)
    make_weekly_report(given.an_area(), Week(2026, 40), by=None, at=given.NOON)


def letters_being_marked(marker: User) -> None:
    """Make a marking in every state."""
    given.a_started_review(marker=marker)
    given.a_marked_letter(marker=marker)
    given.a_told_drafter(marker=marker)
    given.a_disputed_mark(marker=marker)


def letters_marked_twice(marker: User) -> None:
    """Make a letter with both marks, others that wait for the second, and rounds."""
    twice.a_manager(Unit.Kind.VLU)
    twice.choose_letters_to_mark_again(marker.area, by=None, at=given.NOON)
    marked = twice.mark_again(SecondMarking.objects.exclude(marker=None)[0])
    # Agreement is counted to the end of yesterday.
    SecondMarking.objects.filter(pk=marked.pk).update(marked_at=given.NOON - timedelta(days=1))
    rounds_given.marks_held_together(marker)


def letters_for_the_panel(people: list[User]) -> None:
    """Make a letter that is being anonymised, a panel that is over, and one that reads."""
    keeper = next(each for each in people if each.role == Role.LEGAL_MANAGER)
    member = next(each for each in people if each.role == Role.PANEL_MEMBER)
    made.taken(unit=given.a_unit(), by=keeper)
    window = {"by": keeper, "letters": 1, "size": 1}
    over = sittings.closed(
        member, **window, decided_at="2026-08-17 10:00", sent_at="2026-08-20 15:00",
        sent_from=date(2026, 8, 18), sent_until=date(2026, 8, 22),
    )  # fmt: skip
    sittings.answered(sittings.found(over, keeper))
    publish_note(sittings.met(over), by=keeper, at=given.NOON)
    hold_back(over, ("DONE", 1), "It may tell who it is about", by=made.a_keeper(), at=given.NOON)
    on_paper, with_two = sittings.a_member(), sittings.a_member()
    reads = sittings.opened(
        member, on_paper, with_two, by=keeper, letters=2, size=2,
        decided_at="2026-08-24 10:00", sent_at="2026-08-27 15:00",
        sent_from=date(2026, 8, 25), sent_until=date(2026, 8, 29),
    )  # fmt: skip
    seat = declare(reads.seats.get(member=member), by=member, at=given.NOON)
    put_aside(seat, reads.letters.get(position=2), "EVENT", by=member, at=given.NOON)
    begun = dict.fromkeys([key for key, _ in reads.questions][:1], YES)
    keep_reading(seat, reads.letters.get(position=1), begun, "", by=member, at=given.NOON)
    sheet = {1: Written({key: YES for key, _ in reads.questions})}
    typed = reads.seats.get(member=on_paper)
    # Letter 1 was changed between two booklets of one, of whom it is asked which came back.
    of_two = reads.seats.get(member=with_two)
    note_printed(of_two, [1, 2], by=keeper, at=given.NOON)
    released_again(reads.letters.get(position=1), by=keeper)
    note_printed(of_two, [1, 2], by=keeper, at=hour(3))
    type_in(typed, sheet, has_promised=True, by=keeper, at=hour(3))


def letters_the_panel_marked(people: list[User], marker: User) -> None:
    """Make a letter that a line manager marked and then a panel, by the same standard."""
    keeper = next(each for each in people if each.role == Role.LEGAL_MANAGER)
    member = next(each for each in people if each.role == Role.PANEL_MEMBER)
    marked_by_both.closed_yesterday(
        {"B1": "PARTIALLY"}, people=[member], keeper=keeper, marker=marker
    )


def weeks_for_a_chart() -> None:
    """Have enough letters fall due in the weeks before, which only charts speak of."""
    for week in CHARTED:
        for _ in range(10):
            given.a_letter_owed(decided_at=given.at(f"{week.plus(-1).monday} 10:00"))


def duties_to_disclose() -> None:
    """Make duties to disclose in every state; what was returned is answered, or not."""
    disclosure_drawn()
    duties.a_duty()
    duties.checked(duties.a_duty())
    duties.received(duties.a_duty())
    returned = duties.returned(duties.a_duty())
    officer = duties.a_police_partner()
    answer_return(returned, "Item 1 is described anew in version 2.", by=officer, at=given.NOON)
    duties.returned(duties.a_duty())
    duties.adequate(duties.reviewing(), mg6e_csv=duties.a_report(",,It shows another man,No"))
    duties.endorsed()
    managed = duties.approved()
    words = {"issues": "Who drove the van on 3 May."}
    write_document(managed, words, by=duties.a_lawyer(), at=given.NOON)
    taken, asked = duties.served(), duties.served()
    for served in (taken, asked):
        serving = served.servings.get()
        taking = ask_to_take_back(
            served, f"service-{serving.pk}", reason="It was served on the co-defendant",
            by=duties.a_lawyer(), at=given.NOON,
        )  # fmt: skip
        if served == taken:
            take_back(taking, by=duties.a_lawyer(), at=given.NOON)
    for answered in (duties.with_an_answer_sent, duties.with_an_answer_that_tells):
        answered()
    ordered = Ordered(key="stage_1", day=date(2026, 11, 2), reason="Ordered on 5 October")
    set_court_date(duties.a_duty(), ordered, by=None, at=given.NOON)
    record_statement(duties.court_told(), given.NOON.date(), [], by=None, at=given.NOON)
    ended = duties.stated_nothing(duties.court_told())
    close_duty(ended, reason="Found guilty on 4 October", by=None, at=given.NOON)


def disclosure_drawn() -> None:
    """Make two disclosures that were due last week: both drawn, one marked."""
    began = date(2026, 8, 10)
    marked, waiting = duties.court_told(sent=began), duties.court_told(sent=began, name="Hall")
    letter = sampled.drawn(marked, week=Week(2026, 40), at=given.NOON)
    review = sampled.mark(letter, {"D4": "PARTIALLY"}, at=given.NOON)
    tell_drafter(review, by=review.marker, at=given.NOON, text="Say what you looked at.")
    assert DrawnLetter.objects.get(disclosure=waiting).state == DrawnLetter.State.TO_MARK


def stops_overruled(marker: User) -> None:
    """Make overruled stops: in a letter that is drawn, one that waits, and one looked at."""
    officer = given.a_liaison_officer()
    given.an_overruled_stop(given.a_drawn_letter(marker=marker).duty, by=officer)
    given.an_overruled_stop(a_sent_letter(), by=officer)
    looked_at = given.an_overruled_stop(a_sent_letter(), by=officer)
    note_looked_at(looked_at, reason="Overruled rightly.", by=marker, at=given.NOON)


def a_sent_letter() -> Duty:
    """Return a letter that was sent and that no sample holds."""
    duty = given.a_letter_owed()
    officer = given.a_liaison_officer()
    times = StageTimes(sent_at=given.NOON, drafter_id=officer.pk)
    record_stages_bulk(
        duty.area, {(duty.decision_id, duty.person_id): times}, by=None, at=given.NOON
    )
    return duty


def sets_of_rules() -> None:
    """Make a set of rules that was replaced, one in force, and one that waits."""
    proposer, adopter = given.a_person(Role.LEGAL_MANAGER), given.a_person(Role.LEGAL_MANAGER)
    for levels in ({"E2": "off"}, {"E2": "advise"}):
        adopt(given.a_tried_set(proposer, **levels), by=adopter, at=given.NOON)
    given.a_tried_set(proposer, B2b="off", E1="advise")


def changes_of_wording() -> None:
    """Make changes that wait, good ones and one that a check stops, and some that do not."""
    wordings.an_approved_change(wordings.a_block("questions"), need="To be heard")
    wordings.a_draft()
    wordings.a_draft(wordings.a_block("sorry_reader"), wording="Dear [NAME], we are sorry.")
    wordings.an_overdue_block()
    wordings.a_template_draft()
    wordings.an_approved_template_change(wordings.a_template("charged"))
    wordings.a_new_block()


def letters_in_every_state(manager: User) -> None:
    """Make a letter that is overdue, one with words, and one that is not required."""
    given.a_letter_owed(
        decided_at=given.at("2026-09-10 10:00"),
        person={"entitlement": "ENHANCED", "safe_contact_note": "Ring first", "address": "1 A St"},
    )
    with_words = given.a_letter_owed(person={"has_opted_out": True})
    keep_words(with_words, text=given.LETTER, by=None, at=given.NOON)
    not_owed = given.a_letter_owed()
    mark_not_required(not_owed, "Owed already.", by=manager, at=given.NOON)


def letters_being_written(people: list[User]) -> None:
    """Make a letter with reasons that were marked."""
    spoc = next(each for each in people if each.role == Role.LEGAL_SPOC)
    duty = given.an_explained_letter()
    note = ReasonsNote.objects.get(decision=duty.decision)
    comment = "The second fact names nobody."
    mark_note(note, duty, NoteMark.Level.PARTLY, comment=comment, by=spoc, at=given.NOON)
    wishes = Wishes(unsafe=("12 Old Street",), adviser="Ruth Cole of Safe Steps")
    set_wishes(duty, wishes, by=None, at=given.NOON)
    wrong = given.a_draft()
    text = marked_text(composed_of(wrong)).replace("Dear Ms Osei", "Dear Ms Ashdown")
    keep_edit(wrong.letter.duty, text, based_on=1, by=wrong.added_by, at=given.NOON)
    letters_on_their_way()
    mornings.a_whole_morning(people)
    put_forward.letters_looked_at(people)


def other_letters_in_every_state() -> None:
    """Make letters besides those owed: with a stop, approved, locked, and one that came back."""
    officer = given.a_liaison_officer()
    wrong = other_letters.drafted()
    text = marked_text(composed_of(latest_words(wrong))).replace("Dear Ms Osei", "Dear Ms Ashdown")
    keep_edit(wrong, text, based_on=1, by=wrong.begun_by, at=given.NOON)
    looked_at = other_letters.handed_over(LetterKind.COMPLAINT_REPLY)
    Letter.objects.filter(pk=looked_at.pk).update(
        check_asked_at=given.NOON, check_because="every such letter is looked at",
        check_is_required=True,
    )  # fmt: skip
    locked = given.an_explained_letter(wishes=Wishes(channel="VIA_POLICE"))
    other_letters.approved(duty=locked)
    a_note_comes(locked)
    waits = send(other_letters.approved(), Way.PRINT, by=officer, at=given.NOON)
    note_event(waits, Dispatch.State.SENT, happened_at=given.NOON, by=officer, at=given.NOON)
    note_event(waits, Dispatch.State.RETURNED, happened_at=given.NOON, by=officer, at=given.NOON)


def a_note_comes(duty: Duty) -> None:
    """Let a note on safe contact reach the record of a letter that was approved without it."""
    person = PersonToTell.objects.filter(pk=duty.person_id)
    person.update(safe_contact_note="Never ring the house")
    duty.refresh_from_db()


def letters_on_their_way() -> None:
    """Make letters that are approved, locked, printed, sent and come back."""
    officer = given.a_liaison_officer()
    given.an_approved_letter()
    locked = given.an_approved_letter(wishes=Wishes(channel="VIA_POLICE"))
    a_note_comes(locked)
    record_call(locked, "REACHED", came_up="You asked about the bail.", by=officer, at=given.NOON)
    unsure, printed, posted = (given.an_approved_letter() for _ in range(3))
    for duty in (printed, unsure):
        send(duty, Way.PRINT, by=officer, at=given.NOON)
    make_batch(printed.area, by=officer, at=given.NOON)
    waits = send(posted, Way.PRINT, by=officer, at=given.NOON)
    note_event(waits, Dispatch.State.SENT, happened_at=given.NOON, by=officer, at=given.NOON)
    note_event(waits, Dispatch.State.RETURNED, happened_at=given.NOON, by=officer, at=given.NOON,
               detail="The envelope came back: gone away")  # fmt: skip
    send(given.an_approved_letter(), Way.PRINT, by=officer, at=given.NOON)
    rests = given.an_approved_letter()
    newer = replace(given.REASONS, facts=("The shopkeeper has moved abroad",), what_changed="")
    write_note(rests, newer, by=given.a_person(Role.LEGAL_SPOC, unit=rests.unit), at=given.NOON)


def files_handed_over(folder: Path, by: User) -> None:
    """Hand over a file that is good, one with problems, one that cannot be read, and import one."""
    good = [[files.HEADER, files.a_row()], [files.HEADER, files.a_row(URN="20AB0123526")]]
    wrong = [files.HEADER, files.a_row(URN="nothing")]
    for number, rows in enumerate([good[0], good[1], wrong, [["no", "columns"]]]):
        path = files.a_workbook(folder / f"extract{number}.xlsx", Sheet=rows)
        waiting = hand_over(
            path.name, [path.read_bytes()], kind=Kind.AUTO, unit=None, by=by, at=given.NOON
        )
        checking.check_or_ask(waiting, by=by, at=given.NOON)
        if number == 0:
            checking.confirm_and_import(WaitingFile.objects.get(), by=by, at=given.NOON)
