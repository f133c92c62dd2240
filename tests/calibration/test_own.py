"""What is held about one's marks has the time spent, the overall levels and the disputes too."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.calibration.selectors.own import own_marks
from forthright.letters.services.notes import mark_note, write_note
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.peer_checks.services.telling import dispute_part
from forthright.reviews.models import Review
from forthright.reviews.services import accept_dispute, levels_instead
from tests import given
from tests.calibration.rounds_given import a_gold_letter
from tests.client import as_
from tests.panels import sittings
from tests.peer_checks.looked_at import LATER, a_check, changes_asked
from tests.reviews import twice

pytestmark = pytest.mark.django_db


def test_the_time_and_the_overall_level_of_each_marking_are_in_it():
    marking = twice.a_finished_second_marking({"B1": "NOT_MET"})
    first = marking.review
    Review.objects.filter(pk=first.pk).update(seconds_spent=754)

    [of_first] = own_marks(first.marker).wholes
    [of_second] = own_marks(marking.marker).wholes

    assert (of_first.how, of_first.seconds, of_first.letter) == (
        "First marks", 754, first.drawn_letter.called
    )  # fmt: skip
    assert of_first.overall == "Fully meets"
    assert (of_second.how, of_second.seconds, of_second.overall) == (
        "Second marks", None, "Partly meets"
    )  # fmt: skip


def test_what_somebody_wrote_down_as_agreed_is_in_it():
    gold = a_gold_letter()

    given_levels = own_marks(gold.letter.round.made_by).marks

    assert {each.how for each in given_levels} == {"Agreed for a calibration round"}
    assert len(given_levels) == gold.letter.agreed.count()


def test_a_dispute_that_changed_a_mark_is_in_it_and_none_of_another_marker():
    dispute = given.a_disputed_mark()
    mark = dispute.mark
    legal = given.a_person(Role.LEGAL_MANAGER)
    new = levels_instead(mark)[0]
    accept_dispute(dispute, new_level=new, by=legal, at=given.NOON, reason="It says so twice.")

    [found] = own_marks(mark.review.marker).disputes

    assert found.criterion == mark.criterion.code
    assert found.outcome.startswith("Accepted")
    assert found.new_level
    assert own_marks(legal).disputes == []
    [decided] = own_marks(legal).marks
    assert (decided.how, decided.criterion, decided.level) == (
        "Decided in a dispute", mark.criterion.code, found.new_level
    )  # fmt: skip
    page = as_(mark.review.marker).open("/my-marks/")
    page.see("Disputes of your marks", found.outcome).not_see("It says so twice.")
    lines = as_(mark.review.marker).client.get("/my-marks/file/csv/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines)))
    assert [row for row in rows if row in (["Disputes"], ["Markings"])] == [
        ["Markings"], ["Disputes"]
    ]  # fmt: skip
    assert any(row[2:3] == [found.criterion] and found.outcome in row for row in rows)


def test_what_a_colleague_found_before_letters_went_is_in_it_with_time_and_dispute():
    check = changes_asked(a_check())
    PeerCheck.objects.filter(pk=check.pk).update(seconds_spent=240)
    part = PartTold.objects.get(check_of=check)
    dispute_part(part, reason="It says so twice.", by=part.recipient, at=LATER)
    reference = str(check.letter.duty.reference)

    with time_machine.travel(LATER, tick=False):
        held = own_marks(check.checker)
        page = as_(check.checker).open("/my-marks/")

    assert {(each.letter, each.how) for each in held.marks} == {(reference, "Look before it went")}
    assert len(held.marks) == check.levels.count()
    assert [each.level for each in held.marks if each.criterion == "A6"] == ["Does not meet"]
    [whole] = held.wholes
    assert (whole.overall, whole.seconds, whole.finished_at) == ("Changes asked for", 240, LATER)
    [found] = held.disputes
    assert (found.letter, found.level, found.outcome) == (reference, "", "Not decided yet")
    assert own_marks(part.recipient).marks == own_marks(part.recipient).disputes == []
    page.see(f"You gave {len(held.marks)} marks.", "What you told of the letter")
    page.not_see("It says so twice.")


def test_marks_of_reasons_are_in_it_the_earlier_too():
    spoc, other = given.a_person(Role.LEGAL_SPOC), given.a_person(Role.LEGAL_SPOC)
    duty = given.a_letter_to_write()
    note = write_note(duty, given.REASONS, by=spoc, at=given.NOON)
    mark_note(note, duty, "PARTLY", comment="Which camera?", by=other, at=given.NOON)
    mark_note(note, duty, "FULLY", comment="", by=other, at=given.NOON + timedelta(hours=1))

    found = own_marks(other).marks

    assert [(each.how, each.letter) for each in found] == 2 * [
        ("Marks of a prosecutor’s reasons", f"Reasons 1, {duty.case.urn}")
    ]
    assert [each.level.partition(":")[0] for each in found] == ["Partly met", "Fully met"]
    assert own_marks(spoc).marks == []
    lines = as_(other).client.get("/my-marks/file/csv/").content.decode("utf-8-sig")
    assert lines.count("Marks of a prosecutor’s reasons") == 2
    assert "Which camera?" not in lines


def test_what_a_member_of_the_panel_answered_is_in_it_and_of_no_other_member():
    member, other = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(member, other)
    sittings.handed_in(meeting.seats.get(member=member), remark="Mrs Osei would not follow it.")

    browser = as_(member)
    page = browser.open("/panel/packs/").follow("All that is held about the answers you gave")

    page.see(f"You gave {2 * len(meeting.questions)} marks")
    lines = browser.client.get("/my-marks/file/csv/").content.decode("utf-8-sig")
    [first, *_] = [each for each in lines.splitlines() if "Letter 1 of the panel of" in each]
    assert first.endswith(f"Panel,{meeting.questions[0][0]},Yes")
    assert "Osei" not in lines
    assert own_marks(other).marks == []
