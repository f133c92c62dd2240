"""A letter besides the one that is owed: begun, drafted, approved, sent; the duty stays owed."""

from datetime import date

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.cases.models import Decision
from forthright.letters import policies
from forthright.letters.models import CallAttempt, Letter, LetterFacts
from forthright.letters.selectors.case_facts import case_file_for
from forthright.letters.selectors.checking import check_version, overrides_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.others import facts_in_words, standing_words
from forthright.letters.selectors.sending import calls_of, dispatches_of, overruled_locks
from forthright.letters.selectors.waiting import KINDS, counts_for
from forthright.letters.services.approving import approve, overrule, return_to_drafter
from forthright.letters.services.bouncing import take_bounces
from forthright.letters.services.calling import record_call
from forthright.letters.services.drafting import DraftRefused, draft_letter, hand_over, keep_edit
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.letters.services.others import (
    LetterNotFit,
    begin_letter,
    change_facts,
    end_letter,
)
from forthright.letters.services.sending import SendRefused, overrule_lock, send
from forthright.rules.case_file import LetterKind
from forthright.rules.contact_lock import Lock, Way
from forthright.schemes.models import Duty
from tests import given
from tests.fakes.mail import a_bounce
from tests.letters import other_letters, outgoing

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()
K = LetterKind
CASES = {
    K.HOLDING: given.an_explained_letter,
    K.COMPLAINT_REPLY: given.an_explained_letter,
    K.REVIEW_REPLY: given.an_explained_letter,
    K.CORRECTION: other_letters.a_letter_that_went,
    K.PRE_DECISION: lambda: a_case_that_goes_on(is_rasso=True),
}


def a_case_that_goes_on(**case):
    duty = given.a_letter_to_write(**case)
    duty.decision.kind = Decision.Kind.ALTERED_DECREASED
    duty.decision.save()
    return duty


@pytest.mark.parametrize("kind", list(CASES))
def test_each_kind_is_put_together_from_its_facts_and_no_check_stops_it(kind):
    letter = other_letters.drafted(kind, duty=CASES[kind]())

    version = latest_words(letter)
    found = check_version(version, letter, given.NOON.date()).stops
    assert [each.finding.message for each in found] == []
    assert version.composed["paragraphs"]
    said = version.text.lower()
    for fact in (f for f in other_letters.FACTS[kind].values() if isinstance(f, list)):
        assert fact[0].lower() in said
    assert given.REASONS.must_not_say[0].lower() not in said


def test_a_letter_that_is_out_leaves_the_duty_owed_and_its_clock_running():
    duty = given.an_explained_letter()
    before = Duty.objects.values().get(pk=duty.pk)
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    letter = other_letters.approved(duty=duty)
    dispatch = send(letter, Way.EMAIL, by=given.a_liaison_officer(), at=given.NOON)
    other_letters.went(dispatch)

    letter.refresh_from_db()
    assert letter.sent_at
    assert Duty.objects.values().get(pk=duty.pk) == before
    assert latest_words(duty) is None
    assert list(dispatches_of(duty)) == []


def test_a_bounce_makes_only_that_letter_come_back():
    duty = given.an_approved_letter(wishes=Wishes(channel="EMAIL"))
    letter = other_letters.approved(duty=duty)
    officer = given.a_liaison_officer()
    dispatch = send(letter, Way.EMAIL, by=officer, at=given.NOON)
    other_letters.went(dispatch)
    take_bounces(a_bounce(dispatch.message_id), by=None, at=outgoing.LATER)

    letter.refresh_from_db()
    assert (letter.sent_at, standing_words(letter)) == (None, "Not delivered by e-mail")
    assert counts_for(officer, ["came-back", "send"], TODAY) == {"came-back": 1, "send": 1}


def test_two_letters_are_on_their_way_at_once_and_neither_stands_in_the_other():
    duty = given.an_approved_letter(wishes=Wishes(channel="EMAIL"))
    letter = other_letters.approved(duty=duty)
    officer = given.a_liaison_officer()

    both = [send(each, Way.EMAIL, by=officer, at=given.NOON) for each in (duty, letter)]

    assert [each.version.letter.kind for each in both] == ["DECISION", "HOLDING"]
    with pytest.raises(SendRefused, match="already"):
        send(letter, Way.EMAIL, by=officer, at=given.NOON)


@pytest.mark.parametrize(
    ("kind", "changes", "field", "words"),
    [
        (K.HOLDING, {"answer_by": ""}, "answer_by", "By when will they have the answer"),
        (K.HOLDING, {"answer_by": date(2026, 10, 5)}, "answer_by", "after today"),
        (K.COMPLAINT_REPLY, {"facts": " \n "}, "facts", "on each point"),
        (K.REVIEW_REPLY, {"is_afresh": False}, "is_afresh", "no part in the first decision"),
        (K.CORRECTION, {}, None, "nothing to put right"),
        (K.PRE_DECISION, {}, None, "Write the decision letter"),
    ],
)
def test_a_letter_without_what_it_needs_is_not_begun(kind, changes, field, words):
    with pytest.raises(LetterNotFit, match=words) as refusal:
        other_letters.begun(kind, **changes)

    assert refusal.value.field == field
    assert not Letter.objects.exclude(kind="DECISION").exists()


def test_before_a_decision_they_have_no_less_time_than_the_scheme_gives():
    duty = a_case_that_goes_on(is_rasso=True)

    with pytest.raises(LetterNotFit, match=r"10 working days to ask.*19 October 2026"):
        other_letters.begun(K.PRE_DECISION, duty=duty, answer_by=date(2026, 10, 16))

    letter = other_letters.drafted(K.PRE_DECISION, duty=duty, answer_by=date(2026, 10, 30))
    assert "30 October 2026" in latest_words(letter).text


def test_facts_are_kept_in_versions_and_the_newest_are_written_from():
    letter = other_letters.drafted()
    said = {"by": letter.begun_by, "at": given.NOON}
    newer = {**other_letters.HOLDING, "answer_by": date(2026, 10, 23)}

    assert change_facts(letter, newer, **said) == change_facts(letter, newer, **said)
    draft_letter(letter, **said)

    assert [each.number for each in LetterFacts.objects.all()] == [2, 1]
    assert "23 October 2026" in latest_words(letter).text
    assert ("By when will they have the answer?", ["23 October 2026"]) in facts_in_words(letter)


def test_nobody_approves_a_letter_they_wrote_or_gave_the_facts_of():
    letter = other_letters.handed_over()
    spoc = given.a_person(Role.LEGAL_SPOC)
    LetterFacts.objects.filter(letter=letter).update(written_by=spoc)

    for person in (letter.begun_by, spoc):
        with pytest.raises(NotAllowed):
            approve(letter, 1, by=person, at=given.NOON)
    approve(letter, 1, by=other_letters.a_manager(), at=given.NOON)
    letter.refresh_from_db()
    assert standing_words(letter) == "Approved, to be sent"


def test_other_words_end_the_approval_of_that_letter_alone():
    duty = given.an_approved_letter()
    letter = other_letters.approved(duty=duty)
    text = latest_words(letter).text

    keep_edit(letter, text + "\n\nWe think of you.", based_on=1, by=letter.begun_by, at=given.NOON)

    letter.refresh_from_db()
    duty.refresh_from_db()
    assert (letter.approved_at, letter.approved_version) == (None, None)
    assert duty.approved_at


def test_a_letter_is_returned_to_its_drafter_with_what_is_to_change():
    letter = other_letters.handed_over()

    return_to_drafter(letter, reason="Say when.", by=other_letters.a_manager(), at=given.NOON)

    letter.refresh_from_db()
    assert letter.drafted_at is None
    assert standing_words(letter) == "Returned to the drafter: Say when."
    assert counts_for(letter.begun_by, ["returned"], TODAY) == {"returned": 1}


def test_calls_and_overrules_of_one_letter_are_not_those_of_another():
    duty = given.an_explained_letter(wishes=Wishes(channel="VIA_POLICE"))
    letter = other_letters.drafted(duty=duty)
    officer = letter.begun_by
    record_call(letter, "REACHED", came_up="You asked for large print.", by=officer, at=given.NOON)
    overrule_lock(
        letter, Lock.OTHER_ROUTE, reason="They asked for it today.", by=other_letters.a_manager(),
        at=given.NOON,
    )  # fmt: skip

    assert "You asked for large print." in latest_words(letter).text
    assert [len(calls_of(each)) for each in (duty, letter)] == [0, 1]
    assert [len(overruled_locks(each)) for each in (duty, letter)] == [0, 1]
    assert CallAttempt.objects.get().letter == letter


def test_a_stop_is_overruled_for_that_letter():
    letter = other_letters.drafted()
    text = latest_words(letter).text.replace("Dear Ms Osei", "Dear Ms Ashdown")
    keep_edit(letter, text, based_on=1, by=letter.begun_by, at=given.NOON)
    with pytest.raises(DraftRefused):
        hand_over(letter, by=letter.begun_by, at=given.NOON)
    for stop in check_version(latest_words(letter), letter, given.NOON.date()).stops:
        overrule(letter, stop, reason="It is her new name.", by=letter.begun_by, at=given.NOON)

    hand_over(letter, by=letter.begun_by, at=given.NOON)
    assert overrides_of(letter)
    assert not overrides_of(letter.duty)


def test_a_letter_not_needed_is_ended_with_the_reason_and_waits_for_nobody():
    letter = other_letters.approved()
    officer = letter.begun_by
    with pytest.raises(LetterNotFit, match="Say why"):
        end_letter(letter, reason=" ", by=officer, at=given.NOON)

    end_letter(letter, reason="The answer is ready today.", by=officer, at=given.NOON)

    letter.refresh_from_db()
    assert standing_words(letter) == "Not needed: The answer is ready today."
    assert set(counts_for(officer, [*KINDS], TODAY).values()) == {
        0,
        1,
    }  # the duty waits for its draft
    with pytest.raises(SendRefused, match="not needed"):
        send(letter, Way.PRINT, by=officer, at=given.NOON)
    with pytest.raises(NotAllowed, match="not needed"):
        draft_letter(letter, by=officer, at=given.NOON)


def test_a_letter_on_its_way_is_not_ended():
    letter = other_letters.approved()
    send(letter, Way.PRINT, by=letter.begun_by, at=given.NOON)

    with pytest.raises(LetterNotFit, match="on its way"):
        end_letter(letter, reason="Too late", by=letter.begun_by, at=given.NOON)


def test_a_holding_letter_says_sorry_only_while_the_decision_letter_is_late():
    letter = other_letters.begun(answer_by=date(2026, 10, 30))
    late = date(2026, 10, 20)

    assert case_file_for(letter, late).letter.is_late
    Duty.objects.filter(pk=letter.duty_id).update(sent_at=given.NOON)
    letter = Letter.objects.get(pk=letter.pk)
    assert not case_file_for(letter, late).letter.is_late


def test_another_unit_may_not_begin_a_letter():
    duty = given.an_explained_letter()
    stranger = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed, match="another unit"):
        begin_letter(duty, K.HOLDING, other_letters.HOLDING, by=stranger, at=given.NOON)


def test_each_act_is_in_the_record_and_none_holds_the_facts():
    with time_machine.travel(given.NOON):
        letter = other_letters.approved()
        end_letter(letter, reason="Not needed.", by=letter.begun_by, at=given.NOON)

    events = Event.objects.filter(name__startswith="letter.")
    names = {each.name for each in events}
    assert {"letter.other_begun", "letter.facts_written", "letter.other_drafted",
            "letter.other_approved", "letter.other_ended"} <= names  # fmt: skip
    assert "Foundry Street" not in " ".join(str(each.detail) for each in events)


def test_whoever_gave_the_first_answer_to_a_complaint_does_not_give_the_second():
    first = other_letters.approved(K.COMPLAINT_REPLY)
    second = {"duty": first.duty, "stage": "SECOND"}

    for had_a_part in (first.begun_by, first.approved_by):
        with pytest.raises(NotAllowed, match="different, more senior person"):
            policies.check_can_answer_at_stage(had_a_part, first.duty, "SECOND")
    with pytest.raises(LetterNotFit, match="different, more senior person") as refusal:
        other_letters.begun(K.COMPLAINT_REPLY, by=first.begun_by, **second)
    assert refusal.value.field == "stage"
    theirs = other_letters.drafted(K.COMPLAINT_REPLY, **second)
    with pytest.raises(NotAllowed, match="different, more senior person"):
        keep_edit(theirs, "Other words", based_on=1, by=first.begun_by, at=given.NOON)


def test_a_stage_that_was_chosen_by_mistake_is_put_right_by_whoever_chose_it():
    letter = other_letters.begun(K.COMPLAINT_REPLY)
    put_right = {**other_letters.COMPLAINT, "stage": "SECOND"}

    change_facts(letter, put_right, by=letter.begun_by, at=given.NOON)

    draft_letter(letter, by=letter.begun_by, at=given.NOON)
    assert "This is our last answer" in latest_words(letter).text
